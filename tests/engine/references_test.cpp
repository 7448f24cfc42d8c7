// Values, gradients and second order against PyTorch's, from a file: references/README.md says what
// stands in it.
#include <zlib.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "autodiff/grad.h"
#include "autodiff/ops.h"
#include "tests/catch.h"
#include "tests/engine/reference_array.h"

namespace gradus {
namespace {

using Tensors = std::vector<Tensor>;

// One line of a case's program.
struct Step {
  std::string op;
  std::vector<std::size_t> registers;
  std::vector<std::int64_t> ints;
  std::vector<double> reals;

  Shape shape() const { return Shape(ints); }
  Axes axes(std::size_t first) const {
    return Axes(ints.begin() + static_cast<std::ptrdiff_t>(first), ints.end());
  }
};

Tensor run(const Step& step, const Tensors& x) {
  using Unary = Tensor (*)(const Tensor&);
  using Binary = Tensor (*)(const Tensor&, const Tensor&);
  using Reduction = Tensor (*)(const Tensor&, const Axes&, bool);
  static const std::map<std::string, Unary> unary = {
      {"negate", negate},      {"exp", exp},         {"log", log},
      {"sqrt", sqrt},          {"square", square},   {"abs", abs},
      {"tanh", tanh},          {"sigmoid", sigmoid}, {"relu", relu},
      {"stop", stop_gradient}, {"sign", sign}};
  static const std::map<std::string, Binary> binary = {{"add", add},
                                                       {"subtract", subtract},
                                                       {"multiply", multiply},
                                                       {"divide", divide},
                                                       {"maximum", maximum},
                                                       {"where_positive", where_positive},
                                                       {"equal", equal},
                                                       {"less", less},
                                                       {"less_equal", less_equal},
                                                       {"greater", greater},
                                                       {"dot", dot},
                                                       {"greater_equal", greater_equal},
                                                       {"sce", softmax_cross_entropy}};
  static const std::map<std::string, Reduction> reduction = {
      {"sum", sum}, {"mean", mean}, {"max", max}, {"logsumexp", logsumexp}};
  const auto& i = step.ints;
  const auto axis = [&] { return static_cast<int>(i.at(0)); };
  const auto real = [&] { return step.reals.at(0); };
  const std::map<std::string, std::function<Tensor()>> others = {
      {"scale", [&] { return scale(x[0], real()); }},
      {"shift", [&] { return shift(x[0], real()); }},
      {"pow", [&] { return pow(x[0], real()); }},
      {"rdiv", [&] { return real() / x[0]; }},
      {"rsub", [&] { return real() - x[0]; }},
      {"divc", [&] { return x[0] / real(); }},
      {"reshape", [&] { return reshape(x[0], step.shape()); }},
      {"broadcast_to", [&] { return broadcast_to(x[0], step.shape()); }},
      {"sum_to", [&] { return sum_to(x[0], step.shape()); }},
      {"transpose", [&] { return transpose(x[0], step.axes(0)); }},
      {"slice", [&] { return slice(x[0], axis(), i.at(1), i.at(2)); }},
      {"pad", [&] { return pad(x[0], axis(), i.at(1), i.at(2)); }},
      {"gather_rows", [&] { return gather_rows(x[0], i); }},
      {"scatter_rows",
       [&] {
         return scatter_rows(x[0], {i.begin() + 1, i.end()}, i.at(0));
       }},
      {"matmul", [&] { return matmul(x[0], x[1], i.at(0), i.at(1)); }},
      {"conv2d",
       [&] {
         return conv2d(x[0], x[1], i.at(0), {i.at(1), i.at(2), i.at(3), i.at(4)});
       }},
      {"avg_pool2d", [&] { return avg_pool2d(x[0], i.at(0)); }},
      {"argmax", [&] { return argmax(x[0], axis()); }},
      {"softmax", [&] { return softmax(x[0], axis()); }},
      {"log_softmax", [&] { return log_softmax(x[0], axis()); }}};
  if (const auto op = unary.find(step.op); op != unary.end()) return op->second(x[0]);
  if (const auto op = binary.find(step.op); op != binary.end()) return op->second(x[0], x[1]);
  if (const auto op = reduction.find(step.op); op != reduction.end())
    return op->second(x[0], step.axes(1), i.at(0) != 0);
  return others.at(step.op)();
}

// The lines of a gzip file.
class Lines {
 public:
  explicit Lines(const std::string& path) : file_(gzopen(path.c_str(), "rb"), &gzclose) {
    REQUIRE(file_);
  }
  bool next(std::string& line) {
    line.clear();
    for (int c; (c = gzgetc(file_.get())) != -1;) {
      if (c == '\n') return true;
      line += static_cast<char>(c);
    }
    return false;
  }
  std::string next() {
    std::string line;
    REQUIRE(next(line));
    return line;
  }

 private:
  std::unique_ptr<gzFile_s, int (*)(gzFile)> file_;
};

template <class T>
std::vector<T> read_list(std::istream& in) {
  std::size_t count = 0;
  in >> count;
  std::vector<T> list;
  for (std::string word; list.size() < count && in >> word;)  // streams do not read hexadecimals
    list.push_back(static_cast<T>(std::stod(word)));
  REQUIRE(list.size() == count);
  return list;
}

Step read_step(const std::string& line) {
  std::istringstream in(line);
  Step step;
  in >> step.op;
  step.registers = read_list<std::size_t>(in);
  step.ints = read_list<std::int64_t>(in);
  step.reals = read_list<double>(in);
  return step;
}

Tensors read_arrays(Lines& lines, std::size_t count) {
  Tensors arrays;
  while (arrays.size() < count) arrays.push_back(read_array(lines.next()));
  return arrays;
}

void check_same(const char* what, const Tensor& found, const Tensor& expected) {
  INFO(what);
  REQUIRE(found.shape() == expected.shape());
  const std::vector<double> a = found.to_vector(), b = expected.to_vector();
  for (std::size_t i = 0; i < a.size(); ++i) {
    const bool agree = a[i] == b[i] || (std::isnan(a[i]) && std::isnan(b[i])) ||
                       std::fabs(a[i] - b[i]) <= 1e-12 * std::max(1.0, std::fabs(b[i]));
    if (!agree) CHECK(a[i] == b[i]);
  }
}

TEST_CASE("values and two orders of gradients are PyTorch's") {
  Lines lines(GRADUS_REFERENCES "/torch_cases.txt.gz");
  int cases = 0;
  for (std::string line; lines.next(line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream header(line);
    std::string word, name;
    std::size_t steps = 0, inputs = 0, wanted = 0;
    header >> word >> name >> steps >> inputs >> wanted;
    REQUIRE(word == "case");
    INFO("case " << ++cases << ", " << name);

    std::vector<Step> program;
    while (program.size() < steps) program.push_back(read_step(lines.next()));
    const Tensors x = read_arrays(lines, inputs);
    Tensors registers = x;
    for (const Step& step : program) {
      Tensors operands;
      for (std::size_t r : step.registers) operands.push_back(registers.at(r));
      registers.push_back(run(step, operands));
    }
    const Tensor y = registers.back();
    check_same("value", y, read_array(lines.next()));
    if (wanted == 0) continue;

    const Tensor y_bar = read_array(lines.next());
    const Tensors v = read_arrays(lines, wanted);
    Tensors targets(x.begin(), x.begin() + static_cast<std::ptrdiff_t>(wanted));
    const Tensors first = vjp({y}, {y_bar}, targets, {.record = true, .zeros = true});
    for (const Tensor& x_bar : first) check_same("gradient", x_bar, read_array(lines.next()));
    targets.push_back(y_bar);
    for (const Tensor& t : vjp(first, v, targets, {.zeros = true}))
      check_same("second order", t, read_array(lines.next()));
  }
  CHECK(cases == 353);
}

}  // namespace
}  // namespace gradus
