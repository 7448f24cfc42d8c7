// The kernels that a backend overrides: every Backend of a device includes this list inside its class.
// Memory and the provider's name are the device's own.

void copy_from_host(const void* host, Array y) override;
void copy_to_host(Array x, void* host) override;

void fill(double value, Array y) override;
void arange(Array y) override;
void random_normal(std::uint64_t seed, std::uint64_t stream, double std, Array y) override;
void random_uniform(std::uint64_t seed, std::uint64_t stream, double low, double high,
                    Array y) override;

void unary(Unary op, Array x, double p, Array y) override;
void binary(Binary op, Array a, Array b, Array y) override;

void broadcast(Array x, AxisView view, Array y) override;
void reduce(Reduce op, Array x, AxisView view, Array y) override;
void swap_axes(Array x, std::int64_t outer, std::int64_t a, std::int64_t b, std::int64_t inner,
               Array y) override;
void slice(Array x, AxisView view, std::int64_t start, std::int64_t length, Array y) override;
void pad(Array x, std::int64_t length, std::int64_t start, AxisView view, Array y) override;
void gather_rows(Array x, const std::int64_t* indices, std::int64_t count, std::int64_t inner,
                 Array y) override;
void scatter_rows(Array x, const std::int64_t* indices, std::int64_t count, std::int64_t rows,
                  std::int64_t inner, Array y) override;

void matmul(Array a, Array b, const MatmulSpec& spec, Array y) override;
void conv2d(Array images, Array kernel, const Conv2dSpec& spec, Array y) override;
void conv2d_images(Array y_bar, Array kernel, const Conv2dSpec& spec, Array images) override;
void conv2d_kernel(Array images, Array y_bar, const Conv2dSpec& spec, Array kernel) override;
void avg_pool2d(Array x, const PoolSpec& spec, Array y) override;
void avg_unpool2d(Array x, const PoolSpec& spec, Array y) override;
