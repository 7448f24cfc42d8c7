#pragma once

#include <optional>
#include <vector>

/// The boundaries between the phases of early training, c = lr * lambda_0 (Kalra and Barkeshli
/// 2023, "Phase diagram of early training dynamics in deep neural networks").
namespace gradus {

/// One training run; element t of a list belongs to step t, 0 the initialisation.
struct Trajectory {
  double c = 0;  ///< learning rate times the sharpness at initialisation
  std::vector<double> loss;
  std::vector<double> sharpness = {};  ///< empty where it was not measured
  std::optional<double> barrier = {};  ///< of the straight line from start to end (landscape.h)
  std::vector<double> accuracy = {};   ///< empty where it was not measured
  std::vector<double> products = {};   ///< Hessian products that each sharpness took
  /// lambda_t on examples of its own at each step, and that by power iteration.
  std::vector<double> fresh_sharpness = {}, fresh_power = {};
};

struct CriticalOptions {
  double sharpness_margin = 0.0;  ///< eps: the sharpness counts as raised above (1 + eps) lambda_0
  double divergence = 1e5;        ///< a run diverges as soon as its loss is not <= this
};

/// A constant read off a grid of c. It is a point of the grid, neither rounded nor interpolated;
/// the true boundary lies between `low` and `high`, neighbours in the grid (0 and infinity beyond
/// it).
struct CriticalConstant {
  double c = 0;
  double low = 0, high = 0;
};

/// Each is empty where no run of the table shows it.
struct CriticalConstants {
  std::optional<CriticalConstant> c_loss;     ///< smallest c with loss_t > loss_0 at some t
  std::optional<CriticalConstant> c_sharp;    ///< smallest c with lambda_t > (1 + eps) lambda_0
  std::optional<CriticalConstant> c_barrier;  ///< smallest c with a barrier, else c_max
  std::optional<CriticalConstant> c_max;      ///< the last c before the first that diverges
};

/// Whether the run diverged: a NaN has, too.
bool diverged(const Trajectory& run, double limit = 1e5);

/// The constants of a table of runs in increasing order of c. A NaN is above every bound.
CriticalConstants critical_constants(const std::vector<Trajectory>& runs,
                                     const CriticalOptions& options = {});

}  // namespace gradus
