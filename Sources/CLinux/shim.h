#pragma once

// What the load generator needs of Linux and GNU libc beyond what Swift's Glibc module has.
#include <stddef.h>
#include <sys/epoll.h>
#include <sys/socket.h>

// Behind _GNU_SOURCE, which cannot be set for headers that are part of another module.
void *memmem(const void *haystack, size_t haystack_length, const void *needle, size_t needle_length);
int accept4(int socket, struct sockaddr *address, socklen_t *length, int flags);
