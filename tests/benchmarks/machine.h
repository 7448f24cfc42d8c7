#pragma once

#include <cstdint>
#include <functional>

/// What benchmarks share: their main function, what this machine can do at most, and what the process
/// took of it.
namespace gradus {

/// The main function of a benchmark: 2 and a sentence on stderr where `body` throws or what it printed
/// could not be written, else 0.
int run_benchmark(const char* name, const std::function<void()>& body);

/// Seconds on a clock that only goes forward.
double now();
/// Seconds that all threads of the process have computed.
double processor_seconds();

/// Multiplications and additions per second of one thread, f32: independent fused multiply-adds in
/// the widest registers there are.
double peak_flops();

/// Bytes per second of one thread in a[i] = b[i] + s c[i] over three arrays of `bytes` together.
double triad_bytes(std::int64_t bytes);

/// The most memory that the process has had resident, in bytes.
std::int64_t peak_resident();

}  // namespace gradus
