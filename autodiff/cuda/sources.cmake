# What the CUDA backend is made of: compiled by nvcc here, by g++ in tests/cuda_emulator.
set(gradus_cuda_sources
  conv.cu
  elementwise.cu
  graph.cu
  library.cu
  matmul.cu
  move.cu
  pool.cu
  pooling.cu
  queue.cu
  reduce.cu)
