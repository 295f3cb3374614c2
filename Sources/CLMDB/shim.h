#include <lmdb.h>

/// Asks the processor to bring a line of memory near, without waiting for it; any address will do.
static inline void hindsight_prefetch(const void *address) { __builtin_prefetch(address); }
