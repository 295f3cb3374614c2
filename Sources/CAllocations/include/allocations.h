#pragma once

#include <stdint.h>

// How often this process has asked for memory so far, on any thread: malloc, calloc, realloc and the
// aligned kinds. The libraries that are linked to it count as well, for they find these functions first.
uint64_t allocations_so_far(void);
