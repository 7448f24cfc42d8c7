// Device memory and pinned memory: whose bytes they are, and copies between them.

#include <sys/mman.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "checker.h"
#include "device.h"

namespace gpu_emulator {
namespace {

// An allocation is followed by at least this much that nobody may touch.
constexpr std::size_t red_zone = 256;
std::size_t rounded(std::size_t bytes) {
  return (bytes + red_zone + alignment - 1) / alignment * alignment;
}

#ifdef __SANITIZE_ADDRESS__
constexpr bool poisons = true;
#else
constexpr bool poisons = false;
#endif

void make_accessible(std::size_t end) {
  constexpr std::size_t step = std::size_t{1} << 20;
  end = (end + step - 1) / step * step;
  Device& d = device();
  if (end <= d.accessible) return;
  mprotect(arena() + d.accessible, end - d.accessible, PROT_READ | PROT_WRITE);
  d.accessible = end;
}

bool is_pinned(const void* data) {
  const auto& all = device().pinned;
  const auto i = all.upper_bound(static_cast<const char*>(data));
  return i != all.begin() && data < std::prev(i)->first + std::prev(i)->second;
}

std::map<char*, Allocation>::iterator allocation_of(const void* data) {
  auto& all = device().allocations;
  auto i = all.upper_bound(static_cast<char*>(const_cast<void*>(data)));
  if (i == all.begin()) return all.end();
  --i;
  return data <= i->first + i->second.bytes ? i : all.end();
}

bool check_device(const void* data, std::size_t bytes, const char* what) {
  if (holds(data, bytes)) return true;
  report(std::string(what) + ": " + std::to_string(bytes) +
         " bytes that no allocation of device memory holds");
  return false;
}
bool check_host(const void* data, const char* what) {
  if (!is_device(data)) return true;
  report(std::string(what) + ": a device address where a host address belongs");
  return false;
}

}  // namespace

char* arena() {
  static char* const result = [] {
    void* p =
        mmap(nullptr, arena_bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (p == MAP_FAILED) {
      std::perror("gpu emulator: no address space for device memory");
      std::abort();
    }
    mprotect(p, shared_arena_bytes, PROT_READ | PROT_WRITE);
    return static_cast<char*>(p);
  }();
  return result;
}

bool holds(const void* data, std::size_t bytes) {
  const auto i = allocation_of(data);
  return i != device().allocations.end() &&
         static_cast<const char*>(data) + bytes <= i->first + i->second.bytes;
}

void fill_canary(void* data, std::size_t bytes) {
  if (!poisons) std::memset(data, canary_byte, bytes);
  mark(data, bytes, Bytes::forbidden);
}

bool canary_intact(const void* data, std::size_t bytes) {
  const auto* p = static_cast<const unsigned char*>(data);
  bytes = std::min(bytes, std::size_t{1024});  // a pool's block may have a long tail
  return poisons || bytes == 0 || (p[0] == canary_byte && std::memcmp(p, p + 1, bytes - 1) == 0);
}

void check_canaries() {
  for (const auto& [data, size] : device().allocations)
    if (!canary_intact(data + size.in_use, rounded(size.bytes) - size.in_use))
      return report("write beyond the end of " + std::to_string(size.in_use) +
                    " bytes of device memory");
}

}  // namespace gpu_emulator

using namespace gpu_emulator;

cudaError_t cudaMemGetInfo(std::size_t* free, std::size_t* total) {
  GPU_CALL();
  *total = options().memory;
  *free = *total - device().used;
  return cudaSuccess;
}

cudaError_t cudaMalloc(void** data, std::size_t bytes) {
  GPU_CALL();
  Device& d = device();
  if (++d.mallocs == options().failing_malloc || bytes > options().memory - d.used ||
      bytes > arena_bytes - d.end - 2 * red_zone)
    return fail(cudaErrorMemoryAllocation);
  *data = nullptr;
  if (bytes == 0) return cudaSuccess;
  char* p = arena() + d.end;
  d.end += rounded(bytes);
  make_accessible(d.end);
  d.allocations.emplace(p, Allocation{bytes, bytes});
  d.used += bytes;
  mark(p, bytes, Bytes::undefined);
  std::memset(p, undefined_byte, bytes);
  fill_canary(p + bytes, rounded(bytes) - bytes);
  *data = p;
  return cudaSuccess;
}

cudaError_t cudaFree(void* data) {
  GPU_CALL();
  if (!data) return cudaSuccess;
  Device& d = device();
  for (const auto& stream : d.streams)
    if (!stream->work.empty()) {  // CUDA's does wait today, and promises it nowhere
      report("cudaFree while work waits that may use the memory");
      return cudaErrorLaunchFailure;
    }
  const auto i = d.allocations.find(static_cast<char*>(data));
  if (i == d.allocations.end()) {
    report("cudaFree of what is no allocation, or no longer one");
    return cudaErrorLaunchFailure;
  }
  mark(i->first, i->second.bytes, Bytes::forbidden);  // for good: no address comes back
  d.used -= i->second.bytes;
  d.allocations.erase(i);
  return cudaSuccess;
}

cudaError_t cudaMallocHost(void** data, std::size_t bytes) {
  GPU_CALL();
  *data = std::malloc(bytes);
  device().pinned.emplace(static_cast<const char*>(*data), bytes);
  return cudaSuccess;
}

cudaError_t cudaFreeHost(void* data) {
  GPU_CALL();
  if (device().pinned.erase(static_cast<const char*>(data)) == 0)
    report("cudaFreeHost of what is no pinned memory, or no longer");
  else
    std::free(data);
  return failed() ? cudaErrorLaunchFailure : cudaSuccess;
}

cudaError_t cudaMemcpyAsync(void* to, const void* from, std::size_t bytes, cudaMemcpyKind kind,
                            cudaStream_t stream) {
  GPU_CALL();
  if (bytes == 0) return cudaSuccess;
  const char* what = "cudaMemcpy";
  const bool to_fits =
      kind == cudaMemcpyDeviceToHost ? check_host(to, what) : check_device(to, bytes, what);
  if (!to_fits) return cudaErrorLaunchFailure;
  const bool from_fits =
      kind == cudaMemcpyHostToDevice ? check_host(from, what) : check_device(from, bytes, what);
  if (!from_fits) return cudaErrorLaunchFailure;
  count(&Counts::copies, stream);

  if (kind == cudaMemcpyHostToDevice && !is_pinned(from)) {  // read before the call returns
    struct Header {
      void* to;
      std::size_t bytes;
    } const header{to, bytes};
    std::vector<unsigned char> self(sizeof header + bytes);
    std::memcpy(self.data(), &header, sizeof header);
    std::memcpy(self.data() + sizeof header, from, bytes);
    enqueue_work(
        stream,
        [](const void* p) {
          const auto* h = static_cast<const Header*>(p);
          mark(h->to, h->bytes, Bytes::defined);
          std::memcpy(h->to, h + 1, h->bytes);
        },
        self.data(), self.size());
    return cudaSuccess;
  }
  enqueue_call(stream, [=] {
    if (is_device(from)) check_defined(from, bytes, "cudaMemcpy");
    if (is_device(to)) mark(to, bytes, Bytes::defined);
    if (!failed()) std::memmove(to, from, bytes);
  });
  return cudaSuccess;
}

cudaError_t cudaMemcpy(void* to, const void* from, std::size_t bytes, cudaMemcpyKind kind) {
  const cudaError_t error = cudaMemcpyAsync(to, from, bytes, kind);
  return error ? error : cudaStreamSynchronize(nullptr);
}

cudaError_t cudaMemsetAsync(void* data, int value, std::size_t bytes, cudaStream_t stream) {
  GPU_CALL();
  if (bytes == 0) return cudaSuccess;
  if (!check_device(data, bytes, "cudaMemset")) return cudaErrorLaunchFailure;
  count(&Counts::fills, stream);
  enqueue_call(stream, [=] {
    mark(data, bytes, Bytes::defined);
    std::memset(data, value, bytes);
  });
  return cudaSuccess;
}

cudaError_t cudaMemset(void* data, int value, std::size_t bytes) {
  return cudaMemsetAsync(data, value, bytes);  // the host need not wait for it
}

void gpu_block_handed_out(void* data, std::size_t bytes, cudaStream_t stream) {
  const Guard guard(mutex());
  enqueue_call(stream, [=] {
    const auto block = device().allocations.find(static_cast<char*>(data));
    if (block == device().allocations.end() || bytes > block->second.bytes)
      return report("a pool handed out what is no allocation, or more than that");
    block->second.in_use = bytes;
    mark(data, bytes, Bytes::undefined);
    std::memset(data, undefined_byte, bytes);
    fill_canary(block->first + bytes, block->second.bytes - bytes);
  });
}

void gpu_block_returned(void* data, std::size_t bytes, cudaStream_t stream) {
  const Guard guard(mutex());
  enqueue_call(stream, [=] { mark(data, bytes, Bytes::forbidden); });
}
