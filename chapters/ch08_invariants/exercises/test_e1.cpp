#include <vector>

#include "nn/instruments/norms.h"
#include "nn/parametrisation.h"
#include "tests/catch.h"

using namespace gradus;

double ratio_exponent(const Parametrisation& p, Role role, Norm norm);

namespace {

std::vector<double> exponents(const Parametrisation& p, Norm norm) {
  std::vector<double> result;
  for (const Role role : {Role::input, Role::hidden, Role::output})
    result.push_back(ratio_exponent(p, role, norm));
  return result;
}

}  // namespace

TEST_CASE("SP: the hidden layers look invariant in one norm only") {
  CHECK(exponents(abc::sp, Norm::frobenius) ==
        std::vector<double>{-.5, 0, .5});
  CHECK(exponents(abc::sp, Norm::spectral) ==
        std::vector<double>{-.5, .5, .5});
}

TEST_CASE("NTK: every layer becomes lazy") {
  CHECK(exponents(abc::ntk, Norm::frobenius) ==
        std::vector<double>{-.5, -1, -.5});
  CHECK(exponents(abc::ntk, Norm::spectral) ==
        std::vector<double>{-.5, -.5, -.5});
}

TEST_CASE("muP: one answer in all three forms") {
  for (const Parametrisation& p :
       {abc::mup_table3, abc::mup_table8, abc::mup_table9}) {
    INFO(p.name);
    CHECK(exponents(p, Norm::frobenius) == std::vector<double>{0, -.5, 0});
    CHECK(exponents(p, Norm::spectral) == std::vector<double>{0, 0, 0});
  }
}

TEST_CASE("v2: muP but for the input layer") {
  CHECK(exponents(abc::v2, Norm::spectral) == std::vector<double>{-1, 0, 0});
}
