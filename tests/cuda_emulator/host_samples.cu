// What the host asks of the runtime and of cuBLAS: right uses, and a mistake each.

#include <cmath>
#include <vector>

#include "sample_memory.h"
#include "samples.h"

namespace {

// -- Host -----------------------------------------------------------------------------------------

void missing_synchronise() {
  float *x = numbers(64), host[64] = {};
  cudaMemcpyAsync(host, x, sizeof host, cudaMemcpyDeviceToHost);
  const bool early = host[63] == 63;
  cudaDeviceSynchronize();
  const bool late = host[63] == 63;
  cudaFree(x);
  expect(late, "copy");
  expect(early, "a copy that nobody waited for");
}

void pinned_memory_is_read_late() {
  float *x = numbers(1), *host = nullptr;
  cudaMallocHost(reinterpret_cast<void**>(&host), sizeof(float));
  *host = 5;
  cudaMemcpyAsync(x, host, sizeof(float), cudaMemcpyHostToDevice);
  *host = 6;
  const float seen = fetch(x, 1)[0];
  cudaFreeHost(host);
  cudaFree(x);
  expect(seen == 5, "a copy that the host did not wait for");
}

// Waiting for one stream, or for an event in it, does no more than that.
void streams() {
  cudaStream_t a = nullptr, b = nullptr;
  cudaEvent_t event = nullptr;
  cudaStreamCreateWithFlags(&a, cudaStreamNonBlocking);
  cudaStreamCreateWithFlags(&b, cudaStreamNonBlocking);
  cudaEventCreateWithFlags(&event, cudaEventDisableTiming);
  float *x = numbers(64), host[3] = {-1, -1, -1};
  const auto fetch_into = [&](int i, cudaStream_t stream) {
    cudaMemcpyAsync(host + i, x + i, sizeof(float), cudaMemcpyDeviceToHost, stream);
  };
  fetch_into(0, a);
  cudaEventRecord(event, a);
  fetch_into(1, a);
  fetch_into(2, b);
  cudaStreamSynchronize(nullptr);
  expect(host[0] == -1 && host[1] == -1 && host[2] == -1, "the default stream is empty");
  cudaEventSynchronize(event);
  expect(host[0] == 0 && host[1] == -1 && host[2] == -1, "an event");
  cudaStreamSynchronize(a);
  expect(host[1] == 1 && host[2] == -1, "one stream");
  cudaDeviceSynchronize();
  expect(host[2] == 2, "the device");
  cudaEventDestroy(event);
  cudaFree(x);
}

__global__ void count_kernel(float* x) { *x += 1; }

// What is captured is done when it is launched, as often as that, on what is there then.
void graphs() {
  cudaStream_t stream = nullptr;
  cudaStreamCreateWithFlags(&stream, cudaStreamNonBlocking);
  float *x = numbers(1), host = -1;
  cudaGraph_t graph = nullptr;
  cudaGraphExec_t launchable = nullptr;
  cudaStreamBeginCapture(stream, cudaStreamCaptureModeRelaxed);
  gpu_launch(count_kernel, 1, 1, 0, stream, x);
  cudaMemcpyAsync(&host, x, sizeof host, cudaMemcpyDeviceToHost, stream);
  expect(cudaStreamEndCapture(stream, &graph) == cudaSuccess, "captured");
  expect(cudaGraphInstantiate(&launchable, graph, 0) == cudaSuccess, "launchable");
  cudaGraphDestroy(graph);
  cudaStreamSynchronize(stream);
  expect(host == -1, "nothing is done yet");
  cudaGraphLaunch(launchable, stream);
  cudaGraphLaunch(launchable, stream);
  cudaGraphExecDestroy(launchable);
  expect(host == -1, "a launch waits like all work");
  cudaStreamSynchronize(stream);
  expect(host == 2, "twice");
  cudaFree(x);
}
void waiting_while_capturing() {
  cudaStream_t stream = nullptr;
  cudaEvent_t event = nullptr;
  cudaGraph_t graph = nullptr;
  cudaStreamCreateWithFlags(&stream, cudaStreamNonBlocking);
  cudaEventCreateWithFlags(&event, cudaEventDisableTiming);
  expect(cudaStreamBeginCapture(nullptr, cudaStreamCaptureModeRelaxed) ==
             cudaErrorStreamCaptureUnsupported,
         "the default stream");
  cudaStreamBeginCapture(stream, cudaStreamCaptureModeRelaxed);
  cudaEventRecord(event, stream);
  expect(cudaEventSynchronize(event) == cudaErrorCapturedEvent, "a captured event");
  expect(cudaStreamSynchronize(stream) == cudaErrorStreamCaptureUnsupported, "the stream");
  expect(cudaStreamEndCapture(stream, &graph) == cudaErrorStreamCaptureInvalidated, "spoiled");
  cudaEventRecord(event, stream);
  expect(cudaEventSynchronize(event) == cudaSuccess, "the event once more");
  expect(cudaStreamEndCapture(stream, &graph) == cudaErrorInvalidValue, "nothing is captured");
  cudaEventDestroy(event);
}

__global__ void nothing_kernel() {}

void last_error() {  // the first malloc fails
  void* p = nullptr;
  const auto launch = [] { return gpu_launch(nothing_kernel, 1, 1, 0, nullptr); };
  expect(cudaMalloc(&p, 4) == cudaErrorMemoryAllocation, "malloc");
  expect(cudaMalloc(&p, 4) == cudaSuccess, "a success");
  cudaFree(p);
  expect(cudaPeekAtLastError() == cudaErrorMemoryAllocation, "does not clear it; nor does peek");
  expect(launch() == cudaErrorMemoryAllocation, "a launch reports it");
  expect(launch() == cudaSuccess, "once");
}
void refused_launches() {
  const auto launch = [](dim3 grid, dim3 block, std::size_t bytes) {
    const cudaError_t error = gpu_launch(nothing_kernel, grid, block, bytes, nullptr);
    expect(cudaGetLastError() == cudaSuccess, "the launch has cleared it");
    return error;
  };
  expect(launch(1, 1024, 48 << 10) == cudaSuccess, "the largest");
  for (const cudaError_t error :
       {launch(0, 1, 0), launch(1, dim3(1, 0), 0), launch(1, 1025, 0), launch(1, dim3(32, 33), 0),
        launch(1, dim3(1, 1, 65), 0), launch(dim3(1, 65536), 1, 0), launch(dim3(1, 1, 65536), 1, 0),
        launch(1, 1, (48 << 10) + 1)})
    expect(error == cudaErrorInvalidConfiguration, "refused");
  expect(cudaDeviceSynchronize() == cudaSuccess, "nothing of it is sticky");
}

void too_much_shared() {
  on_numbers(+[](float* x) {
    GPU_SHARED(float, a, 6 << 10);
    GPU_SHARED(float, b, (6 << 10) + 1);
    a[threadIdx.x] = b[threadIdx.x] = x[0];
  });
}

void sticky() {
  on_numbers(+[](float*) { __shfl_sync(0u, 1, 0); });
  void* p = nullptr;
  expect(cudaMalloc(&p, 4) == cudaErrorLaunchFailure, "malloc");
  expect(cudaGetLastError() == cudaErrorLaunchFailure, "not cleared");
  expect(cudaGetLastError() == cudaErrorLaunchFailure, "not cleared");
}

void no_device() {
  int devices = 7;
  expect(cudaGetDeviceCount(&devices) == cudaErrorNoDevice, "error");
  expect(devices == 7, "the argument is left alone");
}

void little_memory() {  // of 1000 bytes
  void *p = nullptr, *q = nullptr;
  std::size_t free = 0, total = 0;
  expect(cudaMalloc(&p, 1001) == cudaErrorMemoryAllocation, "too much");
  expect(cudaGetLastError() == cudaErrorMemoryAllocation, "noted");
  expect(cudaMalloc(&p, 600) == cudaSuccess, "fits");
  expect(cudaMalloc(&q, 600) == cudaErrorMemoryAllocation, "no longer fits");
  expect(cudaMemGetInfo(&free, &total) == cudaSuccess && free == 400 && total == 1000, "free");
  cudaFree(p);
  expect(cudaMalloc(&q, 600) == cudaSuccess, "fits again");
  cudaFree(q);
}

void failing_malloc() {  // the second
  void* p[3] = {};
  expect(cudaMalloc(&p[0], 4) == cudaSuccess, "first");
  expect(cudaMalloc(&p[1], 4) == cudaErrorMemoryAllocation, "second");
  expect(cudaMalloc(&p[2], 4) == cudaSuccess, "third");
  cudaFree(p[0]);
  cudaFree(p[2]);
}

// -- cuBLAS ---------------------------------------------------------------------------------------

cublasHandle_t blas() {
  cublasHandle_t handle = nullptr;
  cublasCreate(&handle);
  return handle;
}

// C (2,2) = A (2,3) B (3,2) with A and B 0, 1, 2... by columns; op(A) where `a_op` transposes.
void product() {
  double *a = numbers<double>(6), *b = numbers<double>(6), *c = nullptr;
  cudaMalloc(&c, 4 * sizeof(double));  // undefined: beta = 0 does not read it
  double one = 1, zero = 0;
  expect(cublasDgemm(blas(), CUBLAS_OP_N, CUBLAS_OP_N, 2, 2, 3, &one, a, 2, b, 3, &zero, c, 2) ==
             CUBLAS_STATUS_SUCCESS,
         "status");
  one = 7;  // too late
  expect(fetch(c, 4) == std::vector<double>{10, 13, 28, 40}, "A B");
  one = 1;
  cublasDgemm(blas(), CUBLAS_OP_T, CUBLAS_OP_T, 2, 2, 3, &one, a, 3, b, 2, &one, c, 2);
  expect(fetch(c, 4) == std::vector<double>{20, 41, 41, 80}, "C + A^T B^T");
  for (double* p : {a, b, c}) cudaFree(p);
}
void product_leading_dimension() {
  float *a = numbers(6), one = 1;
  expect(cublasSgemm(blas(), CUBLAS_OP_N, CUBLAS_OP_N, 3, 1, 1, &one, a, 2, a, 1, &one, a, 3) ==
             CUBLAS_STATUS_INVALID_VALUE,
         "refused");
  cudaFree(a);
}
void product_beyond() {
  float *a = numbers(6), *c = numbers(4), one = 1;
  cublasSgemm(blas(), CUBLAS_OP_N, CUBLAS_OP_N, 2, 2, 3, &one, a, 3, a, 3, &one, c, 2);
  cudaDeviceSynchronize();
  cudaFree(a);
  cudaFree(c);
}
void product_undefined() {
  float *a = numbers(6), *c = nullptr, one = 1;
  cudaMalloc(&c, 4 * sizeof(float));
  cublasSgemm(blas(), CUBLAS_OP_N, CUBLAS_OP_N, 2, 2, 3, &one, a, 2, a, 3, &one, c, 2);
  expect(!std::isnan(fetch(c, 4)[0]), "undefined memory reads as NaN");
  cudaFree(a);
  cudaFree(c);
}

}  // namespace

const std::vector<Sample>& host_samples() {
  static const std::vector<Sample> all = {GPU_SAMPLE(pinned_memory_is_read_late),
                                          GPU_SAMPLE(streams),
                                          GPU_SAMPLE(graphs),
                                          GPU_SAMPLE(waiting_while_capturing),
                                          GPU_SAMPLE(last_error),
                                          GPU_SAMPLE(missing_synchronise),
                                          GPU_SAMPLE(refused_launches),
                                          GPU_SAMPLE(too_much_shared),
                                          GPU_SAMPLE(sticky),
                                          GPU_SAMPLE(no_device),
                                          GPU_SAMPLE(little_memory),
                                          GPU_SAMPLE(failing_malloc),
                                          GPU_SAMPLE(product),
                                          GPU_SAMPLE(product_leading_dimension),
                                          GPU_SAMPLE(product_beyond),
                                          GPU_SAMPLE(product_undefined)};
  return all;
}
