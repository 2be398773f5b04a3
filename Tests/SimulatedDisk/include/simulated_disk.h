#ifndef SIMULATED_DISK_H
#define SIMULATED_DISK_H

/* A disk that can fail: a layer between SQLite and its files.
 *
 * It remembers what was written since the last sync of each file, so that a power cut can take it back; it can let a
 * write or sync fail; and it can end the life of everything that has a file open, as a crash does. */

typedef enum {
    SIMULATED_DISK_NOTHING,
    /* The process ends just before the operation, or just after it. */
    SIMULATED_DISK_CRASH_BEFORE,
    SIMULATED_DISK_CRASH_AFTER,
    /* The operation fails with an I/O error, once. */
    SIMULATED_DISK_ERROR,
    /* The disk is full, from this operation on until it is disarmed. */
    SIMULATED_DISK_FULL,
} simulated_disk_fault;

/* Puts the layer under everything that SQLite opens from now on. */
int simulated_disk_register(void);

/* Strikes at the `count`th write, sync or truncation of a database or WAL in that directory; 1 is the next. */
void simulated_disk_arm(const char *directory, simulated_disk_fault fault, int count);
void simulated_disk_disarm(void);
/* What has struck since it was armed. */
simulated_disk_fault simulated_disk_struck(void);

/* Whoever has a file of that directory open can do nothing with it any more. */
void simulated_disk_kill(const char *directory);
/* Takes back what was not synced, but for the first `keep` operations of each file; only where it was killed. */
void simulated_disk_revert(const char *directory, int keep);
/* Forgets everything about the files of that directory, which nobody has open. */
void simulated_disk_forget(const char *directory);

#endif
