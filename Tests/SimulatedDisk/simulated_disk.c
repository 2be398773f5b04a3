#include "simulated_disk.h"

#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What has to be put back to take an operation back. */
typedef struct Undo {
    struct Undo *older;
    sqlite3_int64 offset;
    sqlite3_int64 size_before;
    int length;
    char bytes[];
} Undo;

typedef struct Node {
    struct Node *next;
    char *path;
    Undo *newest;
    int count;
    int is_dead;
} Node;

typedef struct {
    sqlite3_file base;
    Node *node;
    sqlite3_file *real;
} File;

static sqlite3_vfs *real_vfs;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static Node *nodes;
static char armed_directory[512];
static simulated_disk_fault armed;
static int countdown;
static simulated_disk_fault struck;

static int is_in(const char *path, const char *directory) {
    size_t length = strlen(directory);
    return strncmp(path, directory, length) == 0 && path[length] == '/';
}

static Node *node_of(const char *path) {
    for (Node *node = nodes; node; node = node->next)
        if (!node->is_dead && strcmp(node->path, path) == 0) return node;
    Node *node = calloc(1, sizeof *node);
    if (!node) return NULL;
    node->path = strdup(path);
    node->next = nodes;
    nodes = node;
    return node;
}

static void forget_undo(Node *node) {
    while (node->newest) {
        Undo *older = node->newest->older;
        free(node->newest);
        node->newest = older;
    }
    node->count = 0;
}

static void remember(File *file, sqlite3_int64 offset, int length) {
    sqlite3_int64 size = 0;
    file->real->pMethods->xFileSize(file->real, &size);
    int kept = offset >= size ? 0 : (size - offset < length ? (int)(size - offset) : length);
    Undo *undo = malloc(sizeof *undo + (size_t)kept);
    if (!undo) return;
    undo->older = file->node->newest;
    undo->offset = offset;
    undo->size_before = size;
    undo->length = kept;
    if (kept) file->real->pMethods->xRead(file->real, undo->bytes, kept, offset);
    file->node->newest = undo;
    file->node->count += 1;
}

/* What happens instead of the operation; NOTHING where it goes on. */
static simulated_disk_fault strike(Node *node) {
    if (armed == SIMULATED_DISK_NOTHING || !is_in(node->path, armed_directory)) return SIMULATED_DISK_NOTHING;
    if (countdown > 1) {
        countdown -= 1;
        return SIMULATED_DISK_NOTHING;
    }
    simulated_disk_fault fault = armed;
    struck = fault;
    if (fault != SIMULATED_DISK_FULL) armed = SIMULATED_DISK_NOTHING;
    return fault;
}

static void kill_nodes(const char *directory) {
    for (Node *node = nodes; node; node = node->next)
        if (is_in(node->path, directory)) node->is_dead = 1;
}

/* Runs an operation, unless a fault strikes. */
#define OPERATE(file, offset, length, call)                                  \
    pthread_mutex_lock(&lock);                                               \
    Node *node = (file)->node;                                               \
    int result = SQLITE_IOERR;                                               \
    if (!node->is_dead) {                                                    \
        simulated_disk_fault fault = strike(node);                           \
        switch (fault) {                                                     \
        case SIMULATED_DISK_ERROR: break;                                    \
        case SIMULATED_DISK_FULL: result = SQLITE_FULL; break;               \
        case SIMULATED_DISK_CRASH_BEFORE: kill_nodes(armed_directory); break; \
        case SIMULATED_DISK_CRASH_AFTER:                                     \
            call;                                                            \
            kill_nodes(armed_directory);                                     \
            result = SQLITE_IOERR;                                           \
            break;                                                           \
        default: call; break;                                                \
        }                                                                    \
    }                                                                        \
    pthread_mutex_unlock(&lock);                                             \
    return result

static int file_close(sqlite3_file *base) {
    File *file = (File *)base;
    return file->real->pMethods->xClose(file->real);
}

static int file_read(sqlite3_file *base, void *buffer, int length, sqlite3_int64 offset) {
    File *file = (File *)base;
    if (file->node->is_dead) return SQLITE_IOERR_READ;
    return file->real->pMethods->xRead(file->real, buffer, length, offset);
}

static int file_write(sqlite3_file *base, const void *buffer, int length, sqlite3_int64 offset) {
    File *file = (File *)base;
    OPERATE(file, offset, length, {
        remember(file, offset, length);
        result = file->real->pMethods->xWrite(file->real, buffer, length, offset);
    });
}

static int file_truncate(sqlite3_file *base, sqlite3_int64 size) {
    File *file = (File *)base;
    OPERATE(file, size, 0, {
        sqlite3_int64 before = 0;
        file->real->pMethods->xFileSize(file->real, &before);
        remember(file, size, before > size ? (int)(before - size) : 0);
        result = file->real->pMethods->xTruncate(file->real, size);
    });
}

static int file_sync(sqlite3_file *base, int flags) {
    File *file = (File *)base;
    (void)flags;
    OPERATE(file, 0, 0, {
        forget_undo(node);
        result = SQLITE_OK;
    });
}

static int file_size(sqlite3_file *base, sqlite3_int64 *size) {
    File *file = (File *)base;
    return file->real->pMethods->xFileSize(file->real, size);
}

static int file_lock(sqlite3_file *base, int level) {
    File *file = (File *)base;
    return file->real->pMethods->xLock(file->real, level);
}

static int file_unlock(sqlite3_file *base, int level) {
    File *file = (File *)base;
    return file->real->pMethods->xUnlock(file->real, level);
}

static int file_check_reserved_lock(sqlite3_file *base, int *result) {
    File *file = (File *)base;
    return file->real->pMethods->xCheckReservedLock(file->real, result);
}

static int file_control(sqlite3_file *base, int operation, void *argument) {
    File *file = (File *)base;
    return file->real->pMethods->xFileControl(file->real, operation, argument);
}

static int file_sector_size(sqlite3_file *base) {
    File *file = (File *)base;
    return file->real->pMethods->xSectorSize(file->real);
}

static int file_characteristics(sqlite3_file *base) {
    File *file = (File *)base;
    return file->real->pMethods->xDeviceCharacteristics(file->real);
}

static int file_shm_map(sqlite3_file *base, int page, int size, int extend, void volatile **pointer) {
    File *file = (File *)base;
    return file->real->pMethods->xShmMap(file->real, page, size, extend, pointer);
}

static int file_shm_lock(sqlite3_file *base, int offset, int count, int flags) {
    File *file = (File *)base;
    return file->real->pMethods->xShmLock(file->real, offset, count, flags);
}

static void file_shm_barrier(sqlite3_file *base) {
    File *file = (File *)base;
    file->real->pMethods->xShmBarrier(file->real);
}

static int file_shm_unmap(sqlite3_file *base, int delete) {
    File *file = (File *)base;
    return file->real->pMethods->xShmUnmap(file->real, delete);
}

static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = file_close,
    .xRead = file_read,
    .xWrite = file_write,
    .xTruncate = file_truncate,
    .xSync = file_sync,
    .xFileSize = file_size,
    .xLock = file_lock,
    .xUnlock = file_unlock,
    .xCheckReservedLock = file_check_reserved_lock,
    .xFileControl = file_control,
    .xSectorSize = file_sector_size,
    .xDeviceCharacteristics = file_characteristics,
    .xShmMap = file_shm_map,
    .xShmLock = file_shm_lock,
    .xShmBarrier = file_shm_barrier,
    .xShmUnmap = file_shm_unmap,
};

static int disk_open(sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *base, int flags, int *out) {
    (void)vfs;
    if (!name || !(flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL)))
        return real_vfs->xOpen(real_vfs, name, base, flags, out);
    File *file = (File *)base;
    memset(file, 0, sizeof *file);
    file->real = (sqlite3_file *)(file + 1);
    int result = real_vfs->xOpen(real_vfs, name, file->real, flags, out);
    if (result != SQLITE_OK) return result;
    pthread_mutex_lock(&lock);
    file->node = node_of(name);
    pthread_mutex_unlock(&lock);
    file->base.pMethods = &methods;
    return SQLITE_OK;
}

static int disk_delete(sqlite3_vfs *vfs, const char *name, int sync) {
    (void)vfs;
    int is_dead = 0;
    pthread_mutex_lock(&lock);
    for (Node *node = nodes; node; node = node->next)
        if (node->is_dead && strcmp(node->path, name) == 0) is_dead = 1;
    pthread_mutex_unlock(&lock);
    return is_dead ? SQLITE_IOERR_DELETE : real_vfs->xDelete(real_vfs, name, sync);
}

int simulated_disk_register(void) {
    static sqlite3_vfs vfs;
    if (real_vfs) return SQLITE_OK;
    real_vfs = sqlite3_vfs_find(NULL);
    vfs = *real_vfs;
    vfs.zName = "simulated";
    vfs.pNext = NULL;
    vfs.szOsFile = (int)sizeof(File) + real_vfs->szOsFile;
    vfs.xOpen = disk_open;
    vfs.xDelete = disk_delete;
    return sqlite3_vfs_register(&vfs, 1);
}

void simulated_disk_arm(const char *directory, simulated_disk_fault fault, int count) {
    pthread_mutex_lock(&lock);
    strncpy(armed_directory, directory, sizeof armed_directory - 1);
    armed = fault;
    countdown = count;
    struck = SIMULATED_DISK_NOTHING;
    pthread_mutex_unlock(&lock);
}

void simulated_disk_disarm(void) {
    pthread_mutex_lock(&lock);
    armed = SIMULATED_DISK_NOTHING;
    struck = SIMULATED_DISK_NOTHING;
    pthread_mutex_unlock(&lock);
}

simulated_disk_fault simulated_disk_struck(void) {
    pthread_mutex_lock(&lock);
    simulated_disk_fault result = struck;
    pthread_mutex_unlock(&lock);
    return result;
}

void simulated_disk_kill(const char *directory) {
    pthread_mutex_lock(&lock);
    kill_nodes(directory);
    pthread_mutex_unlock(&lock);
}

void simulated_disk_revert(const char *directory, int keep) {
    pthread_mutex_lock(&lock);
    for (Node *node = nodes; node; node = node->next) {
        if (!node->is_dead || !is_in(node->path, directory) || node->count <= keep) continue;
        int file = open(node->path, O_RDWR | O_CLOEXEC);
        if (file < 0) continue;
        while (node->newest && node->count > keep) {
            Undo *undo = node->newest;
            if (undo->length && pwrite(file, undo->bytes, (size_t)undo->length, undo->offset) < 0) break;
            if (ftruncate(file, undo->size_before) != 0) break;
            node->newest = undo->older;
            node->count -= 1;
            free(undo);
        }
        close(file);
    }
    pthread_mutex_unlock(&lock);
}

void simulated_disk_forget(const char *directory) {
    pthread_mutex_lock(&lock);
    for (Node **link = &nodes; *link;) {
        Node *node = *link;
        if (is_in(node->path, directory)) {
            *link = node->next;
            forget_undo(node);
            free(node->path);
            free(node);
        } else {
            link = &node->next;
        }
    }
    pthread_mutex_unlock(&lock);
}
