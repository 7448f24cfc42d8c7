// Device memory, the stream, and the runtime's functions.

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>
#include <queue>
#include <vector>

#include "checker.h"
#include "emulator.h"

struct Work {
  void (*call)(const void*);
  std::vector<unsigned char> self;
};
struct CUstream_st {
  std::queue<Work> work;
  long enqueued = 0, done = 0;
};
struct CUevent_st {
  CUstream_st* stream = nullptr;
  long after = 0;  // so much of the stream's work
};

namespace gpu_emulator {
namespace {

struct Allocation {
  std::size_t bytes;
  std::size_t in_use;  // less than all where a pool handed out less
};

struct Device {
  std::recursive_mutex mutex;
  std::map<char*, Allocation> allocations;  // the live ones
  std::size_t end = shared_arena_bytes;     // addresses are never used twice
  std::size_t accessible = 0;
  std::size_t used = 0;
  long mallocs = 0;
  std::vector<std::unique_ptr<CUstream_st>> streams;  // the default one first
  std::map<const char*, std::size_t> pinned;          // host memory
  cudaError_t last_error = cudaSuccess;
};

// Never destroyed: tensors may be freed after main.
Device& device() {
  static Device* const result = [] {
    auto* made = new Device;
    made->streams.emplace_back(new CUstream_st);
    return made;
  }();
  return *result;
}

CUstream_st& stream_of(cudaStream_t stream) { return stream ? *stream : *device().streams[0]; }

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

void check_canaries() {
  for (const auto& [data, size] : device().allocations)
    if (!canary_intact(data + size.in_use, rounded(size.bytes) - size.in_use))
      return report("write beyond the end of " + std::to_string(size.in_use) +
                    " bytes of device memory");
}

// Does what the stream was given, up to so much in all. No stream waits for another.
cudaError_t synchronise(CUstream_st& stream, long until) {
  while (stream.done < until && !failed()) {
    const Work work = std::move(stream.work.front());
    stream.work.pop();
    ++stream.done;
    work.call(work.self.data());
  }
  if (!failed()) check_canaries();
  return failed() ? cudaErrorLaunchFailure : cudaSuccess;
}
cudaError_t synchronise(CUstream_st& stream) { return synchronise(stream, stream.enqueued); }

template <class F>
void enqueue_call(cudaStream_t stream, const F& work) {
  static_assert(std::is_trivially_copyable_v<F>);
  enqueue_work(
      stream, [](const void* self) { (*static_cast<const F*>(self))(); }, &work, sizeof work);
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

// When the process ends, after all destructors: it fails if there was a report, or a leak.
__attribute__((destructor)) void report_leaks() {
  const std::size_t leaks = device().allocations.size(), pinned = device().pinned.size();
  if (leaks == 0 && pinned == 0 && !failed()) return;
  if (!failed() && leaks > 0)
    std::fprintf(stderr, "gpu emulator: leak of %zu bytes of device memory in %zu allocations\n",
                 device().used, leaks);
  if (!failed() && pinned > 0)
    std::fprintf(stderr, "gpu emulator: leak of %zu allocations of pinned memory\n", pinned);
  std::fflush(nullptr);
  _exit(1);
}

using Guard = std::lock_guard<std::recursive_mutex>;

}  // namespace

std::recursive_mutex& mutex() { return device().mutex; }

std::function<void()>& before_waiting() {
  static std::function<void()> nothing = [] {};
  return nothing;
}

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

void enqueue_work(cudaStream_t stream, void (*work)(const void*), const void* self,
                  std::size_t bytes) {
  const auto* p = static_cast<const unsigned char*>(self);
  stream_of(stream).work.push({work, {p, p + bytes}});
  ++stream_of(stream).enqueued;
}

cudaError_t fail(cudaError_t error) {
  if (error != cudaSuccess) device().last_error = error;
  return error;
}

}  // namespace gpu_emulator

using namespace gpu_emulator;

// Every function begins so: alone, and not after a failed kernel.
#define GPU_CALL()            \
  const Guard guard(mutex()); \
  if (failed()) return cudaErrorLaunchFailure

cudaError_t cudaGetDeviceCount(int* count) {
  GPU_CALL();
  if (options().devices == 0) return fail(cudaErrorNoDevice);  // and leaves *count alone
  *count = options().devices;
  return cudaSuccess;
}

cudaError_t cudaSetDevice(int index) {
  GPU_CALL();
  return index >= 0 && index < options().devices ? cudaSuccess : fail(cudaErrorInvalidDevice);
}

cudaError_t cudaDeviceGetAttribute(int* value, cudaDeviceAttr attribute, int) {
  GPU_CALL();
  switch (attribute) {
    case cudaDevAttrMultiProcessorCount: *value = 2; break;  // small grids, whose threads stride
    case cudaDevAttrComputeCapabilityMajor: *value = options().capability / 10; break;
    case cudaDevAttrComputeCapabilityMinor: *value = options().capability % 10; break;
  }
  return cudaSuccess;
}

cudaError_t cudaFuncGetAttributes(cudaFuncAttributes*, void (*)()) {
  GPU_CALL();
  return options().capability >= 75 ? cudaSuccess : fail(cudaErrorNoKernelImageForDevice);
}

cudaError_t cudaMemGetInfo(std::size_t* free, std::size_t* total) {
  GPU_CALL();
  *total = options().memory;
  *free = *total - device().used;
  return cudaSuccess;
}

cudaError_t cudaPeekAtLastError() {
  GPU_CALL();
  return device().last_error;
}

cudaError_t cudaGetLastError() {
  GPU_CALL();
  return std::exchange(device().last_error, cudaSuccess);
}

const char* cudaGetErrorString(cudaError_t error) {
  switch (error) {
    case cudaSuccess: return "no error";
    case cudaErrorInvalidValue: return "invalid argument";
    case cudaErrorMemoryAllocation: return "out of memory";
    case cudaErrorInvalidConfiguration: return "invalid configuration argument";
    case cudaErrorInvalidMemcpyDirection: return "invalid copy direction for memcpy";
    case cudaErrorNoDevice: return "no CUDA-capable device is detected";
    case cudaErrorInvalidDevice: return "invalid device ordinal";
    case cudaErrorNoKernelImageForDevice:
      return "no kernel image is available for execution on the device";
    case cudaErrorLaunchFailure: return "unspecified launch failure";
  }
  return "unrecognized error code";
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
  enqueue_call(stream, [=] {
    mark(data, bytes, Bytes::defined);
    std::memset(data, value, bytes);
  });
  return cudaSuccess;
}

cudaError_t cudaMemset(void* data, int value, std::size_t bytes) {
  return cudaMemsetAsync(data, value, bytes);  // the host need not wait for it
}

cudaError_t cudaStreamCreateWithFlags(cudaStream_t* stream, unsigned flags) {
  GPU_CALL();
  if (flags != cudaStreamNonBlocking) return fail(cudaErrorInvalidValue);  // not emulated
  *stream = device().streams.emplace_back(new CUstream_st).get();
  return cudaSuccess;
}

cudaError_t cudaStreamSynchronize(cudaStream_t stream) {
  before_waiting()();
  GPU_CALL();
  return synchronise(stream_of(stream));
}

cudaError_t cudaDeviceSynchronize() {
  before_waiting()();
  GPU_CALL();
  for (const auto& stream : device().streams) synchronise(*stream);
  return failed() ? cudaErrorLaunchFailure : cudaSuccess;
}

cudaError_t cudaEventCreateWithFlags(cudaEvent_t* event, unsigned) {
  GPU_CALL();
  *event = new CUevent_st;
  return cudaSuccess;
}

cudaError_t cudaEventRecord(cudaEvent_t event, cudaStream_t stream) {
  GPU_CALL();
  *event = {&stream_of(stream), stream_of(stream).enqueued};
  return cudaSuccess;
}

cudaError_t cudaEventSynchronize(cudaEvent_t event) {
  before_waiting()();
  GPU_CALL();
  return event->stream ? synchronise(*event->stream, event->after) : cudaSuccess;
}

cudaError_t cudaEventDestroy(cudaEvent_t event) {
  GPU_CALL();
  delete event;
  return cudaSuccess;
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

void gpu_emulator::enqueue(const Launch& launch, const void* const* pointers, int pointer_count,
                           cudaStream_t stream) {
  const Guard guard(mutex());
  if (failed()) return;
  const dim3 g = launch.grid, b = launch.block;
  const bool fits = g.x > 0 && g.y > 0 && g.z > 0 && b.x > 0 && b.y > 0 && b.z > 0 &&
                    g.x <= 0x7fffffff && g.y <= 65535 && g.z <= 65535 && b.z <= 64 &&
                    std::size_t{b.x} * b.y * b.z <= 1024 && launch.shared_bytes <= 48 << 10;
  if (!fits) {
    fail(cudaErrorInvalidConfiguration);
    return;
  }
  for (int i = 0; i < pointer_count; ++i) {
    if (pointers[i] && !holds(pointers[i], 0)) {
      return report("pointer number " + std::to_string(i + 1) + " given to kernel " +
                    kernel_name(launch) + " is not one of live device memory");
    }
  }
  enqueue_work(
      stream, [](const void* self) { run(*static_cast<const Launch*>(self)); }, &launch,
      sizeof launch);
}
