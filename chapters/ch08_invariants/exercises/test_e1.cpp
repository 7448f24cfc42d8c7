#include <vector>

#include "nn/instruments/norms.h"
#include "nn/parametrisation.h"
#include "tests/exercise.h"

using namespace gradus;

double ratio_exponent(const Parametrisation& p, Role role, Norm norm);

namespace {

std::vector<double> exponents(const Parametrisation& p, Norm norm) {
  std::vector<double> result;
  for (const Role role : {Role::input, Role::hidden, Role::output})
    result.push_back(ratio_exponent(p, role, norm));
  return result;
}

// Rows: input, hidden, output weights.
void check(const Parametrisation& p, const std::vector<double>& frobenius,
           const std::vector<double>& spectral) {
  INFO(p.name << ": exponents of the input, hidden, output ratios");
  const std::vector<double> got_f = exponents(p, Norm::frobenius),
                            got_s = exponents(p, Norm::spectral);
  expect_near("spectral norm", got_s, spectral, 0,
              {{"this is the Frobenius norm's: of a random matrix the "
                "spectral norm grows as sqrt(fan_in) + sqrt(fan_out)",
                frobenius},
               {"delta knows the output's multiplier and its initial std"}});
  expect_near("Frobenius norm", got_f, frobenius, 0,
              {{"this is the spectral norm's: a gradient of rank one has "
                "both norms equal, the weights do not",
                spectral}});
}

}  // namespace

TEST_CASE("the table of exponents") {
  check(abc::sp, {-.5, 0, .5}, {-.5, .5, .5});
  check(abc::ntk, {-.5, -1, -.5}, {-.5, -.5, -.5});
  for (const Parametrisation& p :
       {abc::mup_table3, abc::mup_table8, abc::mup_table9})
    check(p, {0, -.5, 0}, {0, 0, 0});
  expect_near("v2 in the spectral norm", exponents(abc::v2, Norm::spectral),
              {-1, 0, 0}, 0,
              {{"delta knows the output's multiplier and its initial std"}});
}
