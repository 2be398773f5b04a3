/// What journald's native protocol needs of Linux and Swift's Glibc module leaves out: sealed memfds, passed along.
#ifndef CJOURNALSOCKET_H
#define CJOURNALSOCKET_H

#include <stddef.h>

/// Copies the bytes into a new memfd and seals it, as journald demands of what it maps (memfd_create(2));
/// the descriptor, or -1 and errno.
int cjournalsocket_sealed_copy(const void *bytes, size_t count);

/// Sends an empty datagram that carries the descriptor (SCM_RIGHTS, unix(7)), without blocking and without SIGPIPE;
/// 0, or -1 and errno.
int cjournalsocket_send_descriptor(int socket, int descriptor);

#endif
