#pragma once

// What is used of Linux and GNU libc beyond what Swift's Glibc module has.
#include <stddef.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/types.h>

// Behind _GNU_SOURCE, which cannot be set for headers that are part of another module.
void *memmem(const void *haystack, size_t haystack_length, const void *needle, size_t needle_length);
int accept4(int socket, struct sockaddr *address, socklen_t *length, int flags);
int syncfs(int descriptor);

// Writes a part of a file and waits for it, as sync_file_range(2) does with all its flags; makes
// nothing durable.
int sync_file_range(int descriptor, off_t offset, off_t length, unsigned int flags);
