// Devices, errors, streams and events of the runtime, and launches.

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <iterator>
#include <string>
#include <utility>

#include "device.h"

struct CUevent_st {
  CUstream_st* stream = nullptr;
  long after = 0;  // so much of the stream's work
  bool captured = false;
};

namespace gpu_emulator {
namespace {

// Does what the stream was given, up to so much in all. No stream waits for another.
cudaError_t synchronise(CUstream_st& stream, long until) {
  counts().waits += stream.done < until;
  while (stream.done < until && !failed()) {
    const Work work = std::move(stream.work.front());
    stream.work.pop();
    ++stream.done;
    work.call(work.self.data());
  }
  if (!failed()) check_canaries();
  return failed() ? cudaErrorLaunchFailure : cudaSuccess;
}
cudaError_t synchronise(CUstream_st& stream) {
  if (stream.capture) stream.broken = true;
  if (stream.capture) return fail(cudaErrorStreamCaptureUnsupported);
  return synchronise(stream, stream.enqueued);
}

struct Described {
  cudaError_t error;
  const char *name, *text;
};
const Described& described(cudaError_t error) {
  static constexpr Described all[] = {
      {cudaSuccess, "cudaSuccess", "no error"},
      {cudaErrorInvalidValue, "cudaErrorInvalidValue", "invalid argument"},
      {cudaErrorMemoryAllocation, "cudaErrorMemoryAllocation", "out of memory"},
      {cudaErrorInvalidConfiguration, "cudaErrorInvalidConfiguration",
       "invalid configuration argument"},
      {cudaErrorInvalidMemcpyDirection, "cudaErrorInvalidMemcpyDirection",
       "invalid copy direction for memcpy"},
      {cudaErrorNoDevice, "cudaErrorNoDevice", "no CUDA-capable device is detected"},
      {cudaErrorInvalidDevice, "cudaErrorInvalidDevice", "invalid device ordinal"},
      {cudaErrorNoKernelImageForDevice, "cudaErrorNoKernelImageForDevice",
       "no kernel image is available for execution on the device"},
      {cudaErrorLaunchFailure, "cudaErrorLaunchFailure", "unspecified launch failure"},
      {cudaErrorStreamCaptureUnsupported, "cudaErrorStreamCaptureUnsupported",
       "operation not permitted when stream is capturing"},
      {cudaErrorStreamCaptureInvalidated, "cudaErrorStreamCaptureInvalidated",
       "operation failed due to a previous error during capture"},
      {cudaErrorCapturedEvent, "cudaErrorCapturedEvent",
       "operation not permitted on an event last recorded in a capturing stream"},
  };
  static constexpr Described unknown{{}, "unrecognized error code", "unrecognized error code"};
  const auto* const found = std::find_if(std::begin(all), std::end(all),
                                         [&](const Described& d) { return d.error == error; });
  return found == std::end(all) ? unknown : *found;
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

}  // namespace

Device& device() {
  static Device* const result = [] {
    auto* made = new Device;
    made->streams.emplace_back(new CUstream_st);
    return made;
  }();
  return *result;
}

CUstream_st& stream_of(cudaStream_t stream) { return stream ? *stream : *device().streams[0]; }

std::recursive_mutex& mutex() { return device().mutex; }

std::function<void()>& before_waiting() {
  static std::function<void()> nothing = [] {};
  return nothing;
}

void enqueue_work(cudaStream_t stream, void (*work)(const void*), const void* self,
                  std::size_t bytes) {
  const auto* p = static_cast<const unsigned char*>(self);
  CUstream_st& s = stream_of(stream);
  if (s.capture) {
    s.capture->work.push_back({work, {p, p + bytes}});
    return;
  }
  s.work.push({work, {p, p + bytes}});
  ++s.enqueued;
}

Counts& counts() {
  static Counts all{};
  return all;
}
void count(long Counts::*what, cudaStream_t stream) {
  if (!stream_of(stream).capture) ++(counts().*what);
}

cudaError_t fail(cudaError_t error) {
  if (error != cudaSuccess) device().last_error = error;
  return error;
}

}  // namespace gpu_emulator

using namespace gpu_emulator;

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

cudaError_t cudaPeekAtLastError() {
  GPU_CALL();
  return device().last_error;
}

cudaError_t cudaGetLastError() {
  GPU_CALL();
  return std::exchange(device().last_error, cudaSuccess);
}

const char* cudaGetErrorName(cudaError_t error) { return described(error).name; }
const char* cudaGetErrorString(cudaError_t error) { return described(error).text; }

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
  for (const auto& stream : device().streams)
    if (const cudaError_t error = synchronise(*stream)) return error;
  return failed() ? cudaErrorLaunchFailure : cudaSuccess;
}

cudaError_t cudaEventCreateWithFlags(cudaEvent_t* event, unsigned) {
  GPU_CALL();
  *event = new CUevent_st;
  return cudaSuccess;
}

cudaError_t cudaEventRecord(cudaEvent_t event, cudaStream_t stream) {
  GPU_CALL();
  CUstream_st& s = stream_of(stream);
  *event = {&s, s.enqueued, s.capture != nullptr};
  return cudaSuccess;
}

cudaError_t cudaEventSynchronize(cudaEvent_t event) {
  before_waiting()();
  GPU_CALL();
  if (event->captured) return fail(cudaErrorCapturedEvent);
  return event->stream ? synchronise(*event->stream, event->after) : cudaSuccess;
}

cudaError_t cudaEventDestroy(cudaEvent_t event) {
  GPU_CALL();
  delete event;
  return cudaSuccess;
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
  count(&Counts::kernels, stream);
  enqueue_work(
      stream, [](const void* self) { run(*static_cast<const Launch*>(self)); }, &launch,
      sizeof launch);
}
