// Every figure that a reader can turn opens with numbers of its chapter's committed results.
#include "chapters/live/live.h"

#include <cmath>
#include <map>
#include <string>

#include "autodiff/check.h"
#include "chapters/support/table.h"
#include "tests/catch.h"

using namespace gradus;

namespace {

// All rows of a figure for these controls.
std::vector<live::Row> rows_of(const std::string& name, const std::vector<double>& controls) {
  for (const live::Figure& figure : live::figures()) {
    if (figure.name != name) continue;
    const live::Steps next = figure.start(controls);
    std::vector<live::Row> rows;
    for (;;) {
      const std::optional<live::Row> row = next();
      if (row && row->empty()) return rows;
      if (row) rows.push_back(*row);
    }
  }
  fail("there is no figure ", name);
}

// Rows of so many numbers.
std::vector<live::Row> of_size(std::size_t size, std::vector<live::Row> rows) {
  std::erase_if(rows, [=](const live::Row& row) { return row.size() != size; });
  return rows;
}

Table results(const std::string& file) { return Table::read(GRADUS_RESULTS "/" + file); }

}  // namespace

TEST_CASE("live: differences, chapter 1") {
  const Table book = results("ch01/finite_differences.csv");
  for (const double exponent : {0.0, -2.0, -4.0}) {
    CAPTURE(exponent);
    const Table at = book.where("h", std::pow(10.0, exponent));
    const live::Row row = rows_of("differences", {exponent, 0}).at(0);
    CHECK(row[0] == Approx(at.number(0, "forward_error")).epsilon(1e-6));
    CHECK(row[1] == Approx(at.number(0, "central_error")).epsilon(1e-4));
  }
  // In single precision, 2^-24 over h: at 1e-6 nothing is left of the slope.
  CHECK(rows_of("differences", {-6, 1}).at(0)[0] > 1e-3);
}

TEST_CASE("live: lengths, chapter 2") {
  const Table book = results("ch02/lengths.csv.gz");
  const std::vector<live::Row> rows = rows_of("lengths", {64, 8, 2, 0});
  REQUIRE(rows.size() == 8);  // layers
  const live::Row& row = rows.back();
  REQUIRE(row.size() == 200);
  for (std::size_t i = 0; i < row.size(); ++i)
    CHECK(std::exp(row[i]) == Approx(book.number(i, "R")).epsilon(1e-9));
  // Half the variance: every layer halves the square.
  CHECK(rows_of("lengths", {64, 8, 1, 0}).back()[0] == Approx(row[0] - 8 * std::log(2)));
}

TEST_CASE("live: backward, chapter 3") {
  const Table book = results("ch03/layers.csv.gz").where("depth", 4).where("seed", 0);
  for (const auto& [name, number] : {std::pair{"sp", 5.0}, {"ntk", 6.0}, {"mup_table3", 7.0}}) {
    const Table at = book.where("width", 128).where("parametrisation", name);
    const live::Row row = rows_of("backward", {128, 4, number, 0}).at(0);
    REQUIRE(row.size() == 8);
    for (std::size_t l = 0; l < 4; ++l)
      CHECK(row[l] == Approx(at.number(l, "ratio")).epsilon(1e-9));
  }
}

TEST_CASE("live: spiral, chapter 4") {
  const Table book = results("ch04/training.csv.gz")
                         .where("width", 64)
                         .where("depth", 4)
                         .where("lr", 0.1)
                         .where("remedy", "none")
                         .where("seed", 0);
  const Table batches = book.where("quantity", "batch_loss");
  const std::vector<live::Row> rows = rows_of("spiral", {64, 4, 0.1, 0});
  REQUIRE(rows.size() == 62);  // the points, fifty times ten steps, ten maps, and the end
  const std::vector<live::Row> means = of_size(2, rows);
  for (std::size_t i = 0; i < 10; ++i)
    CHECK(means.at(i)[1] == Approx(batches.number(i, "value")).epsilon(1e-3));
  // Rounding grows for 500 steps.
  CHECK(rows.back()[2] == Approx(book.where("quantity", "loss").number(0, "value")).epsilon(0.1));
  CHECK(rows.back()[3] ==
        Approx(book.where("quantity", "accuracy").number(0, "value")).margin(0.01));
}

TEST_CASE("live: one step, chapter 5") {
  const Table book = results("ch05/one_step.csv.gz").where("part", "step").where("depth", 2);
  for (const int inputs : {2, 784}) {
    const Table at = book.where("inputs", inputs).where("width", 64).where("seed", 0);
    const live::Row row = rows_of("one_step", {64, double(inputs), 0, 0}).at(0);
    CHECK(row[0] == Approx(at.where("quantity", "delta layer1").number(0, "value")).epsilon(1e-6));
    CHECK(row[1] == Approx(at.where("quantity", "delta output").number(0, "value")).epsilon(1e-6));
  }
}

TEST_CASE("live: coordinates, chapter 7") {
  const Table book = results("ch07/coordinates.csv.gz").where("seed", 0).where("step", 2);
  for (const auto& [name, bug] : {std::pair{"mup", 0.0}, {"bug_rate", 1.0}, {"bug_output", 2.0}})
    for (const bool adam : {false, true}) {
      const Table at = book.where("variant", name).where("optimiser", adam ? "Adam" : "SGD");
      const std::vector<live::Row> rows = rows_of("coordinates", {bug, double(adam), 20});
      REQUIRE(rows.size() == 4 * 21);
      for (const std::size_t i : {0, 3}) {  // widths 64 and 512
        const live::Row& row = rows[21 * i + 2];
        const Table layers = at.where("width", row[0]);
        for (std::size_t l = 0; l < 4; ++l) {
          CHECK(row[2 + l] == Approx(layers.number(l, "rms")).epsilon(1e-3));
          CHECK(row[6 + l] == Approx(layers.number(l, "delta")).epsilon(1e-3));
        }
      }
    }
}

TEST_CASE("live: transfer, chapter 9") {
  const Table book =
      results("ch09/losses.csv.gz").where("task", "spiral").where("log2_lr", -1).where("seed", 0);
  const Table batches =
      book.where("table", "sp").where("width", 32).where("quantity", "batch_loss");
  const std::vector<live::Row> rows = rows_of("transfer", {32, -1, 0, 0});
  REQUIRE(rows.size() == 21);
  for (std::size_t i = 0; i < 5; ++i)
    CHECK(rows[i + 1][1] == Approx(batches.number(i, "value")).epsilon(1e-3));
  const Table loss = book.where("quantity", "loss").where("width", 32);
  CHECK(rows.back()[2] ==
        Approx(loss.where("table", "mup_table3").number(0, "value")).epsilon(0.05));
  CHECK(rows_of("transfer", {64, -1, 1, 0}).at(1)[1] !=
        rows_of("transfer", {64, -1, 0, 0}).at(1)[1]);
}

TEST_CASE("live: clustering, chapter 12") {
  const Table book = results("ch12/convergence.csv").where("matrix", "planted");
  const std::vector<live::Row> rows = rows_of("clustering", {0.1});
  const Table power = book.where("method", "power"), lanczos = book.where("method", "Lanczos");
  REQUIRE(rows.size() == power.size());
  for (std::size_t k = 0; k < 40; ++k) {
    CHECK(rows[k][1] == Approx(power.number(k, "value")).epsilon(1e-9));
    CHECK(rows[k][2] == Approx(power.number(k, "residual")).epsilon(1e-6));
    CHECK(rows[k][3] == Approx(lanczos.number(k, "value")).epsilon(1e-9));
  }
}

TEST_CASE("live: catapult, chapter 13") {
  const Table book = results("ch13/catapult.csv");
  for (const double c : {1.5, 2.5, 3.5}) {
    const Table states = book.where("c", c);
    const std::vector<live::Row> rows = rows_of("catapult", {c});
    REQUIRE(rows.size() == 31);
    for (std::size_t t = 0; t < states.size(); ++t) {
      const double ratio = states.number(t, "phi") / states.number(0, "phi");
      CHECK(rows[t][1] == Approx(ratio * ratio).epsilon(1e-6));
      CHECK(rows[t][2] == Approx(states.number(t, "eta_lambda_max")).epsilon(1e-6));
      CHECK(rows[t][3] == Approx(states.number(t, "eta_lam")).epsilon(1e-9));
    }
  }
  CHECK(rows_of("catapult", {4.5}).size() < 31);  // it never comes back
}

TEST_CASE("live: early training, chapter 14") {
  const Table book = results("ch14/early_training.csv.gz")
                         .where("part", "find")
                         .where("width", 64)
                         .where("seed", 0);
  for (const std::string phase : {"_0", "_3"}) {  // c = 1, and both rise
    const Table loss = book.where("quantity", "loss" + phase);
    const Table sharpness = book.where("quantity", "sharpness" + phase);
    const std::vector<live::Row> rows = rows_of("early_training", {64, loss.number(0, "at")});
    const std::vector<live::Row> losses = of_size(2, rows), sharpened = of_size(3, rows);
    REQUIRE(losses.size() == 11);
    REQUIRE(sharpened.size() == 11);
    CHECK(of_size(1, rows).back()[0] == Approx(sharpness.number(0, "value")).epsilon(1e-3));
    for (std::size_t t = 0; t < 4; ++t) {
      CHECK(losses[t][1] == Approx(loss.number(t, "value")).epsilon(0.02));
      CHECK(sharpened[t][2] ==
            Approx(sharpness.number(t, "value") / sharpness.number(0, "value")).epsilon(0.03));
    }
  }
}

TEST_CASE("live: doubling, chapter 16") {
  const Table book = results("ch16/orbits.csv.gz").where("lam0", 1.5);
  for (const double psi : {0.899, 1.199}) {
    const std::vector<live::Row> rows = rows_of("doubling", {psi, 0});
    REQUIRE(rows.size() == 62);  // 60 steps, and what becomes of them
    REQUIRE(rows.back().size() == 25);
    std::vector<double> kernels;
    for (std::size_t i = 0; i < book.size(); ++i)
      if (std::abs(book.number(i, "psi") - psi) < 1e-9) kernels.push_back(book.number(i, "kappa"));
    REQUIRE(kernels.size() == 24);
    for (std::size_t k = 0; k < 24; ++k)
      CHECK(rows.back()[k + 1] == Approx(kernels[k]).epsilon(1e-6));
  }
  CHECK(rows_of("doubling", {1.6, 0}).back().size() == 1);  // diverged
}

TEST_CASE("live: catapult of a ReLU network, chapter 13") {
  const Table book = results("ch13/images.csv").where("log2_c", 2).where("seed", 0);
  const std::vector<live::Row> rows = rows_of("catapult_images", {4, 256, 0});
  REQUIRE(rows.size() == book.size());
  for (std::size_t t = 0; t < 3; ++t) {
    CHECK(rows[t][1] == Approx(book.number(t, "loss") / book.number(0, "loss")).epsilon(0.02));
    CHECK(rows[t][2] == Approx(book.number(t, "eta_hessian")).epsilon(0.02));
  }
  CHECK(rows_of("catapult_images", {12, 64, 0}).size() <= 11);
}

TEST_CASE("live: branches, chapter 11") {
  const Table book = results("ch11/depth.csv.gz").where("part", "step").where("seed", 0);
  for (const auto& [name, number] : {std::pair{"plain", 0.0}, {"root", 2.0}, {"over_L", 3.0}})
    for (const double blocks : {4.0, 16.0}) {
      const Table at = book.where("net", name).where("blocks", blocks);
      const live::Row row = rows_of("branches", {blocks, number, 0}).back();
      REQUIRE(row.size() == 6);
      CHECK(row[0] == blocks);
      for (const auto& [quantity, k] :
           {std::pair{"growth", 1}, {"sgd_h", 2}, {"sgd_f", 3}, {"adam_h", 4}, {"adam_f", 5}})
        CHECK(row[std::size_t(k)] ==
              Approx(at.where("quantity", quantity).number(0, "value")).epsilon(1e-6));
    }
  // Whole branches double the square in every block.
  const std::vector<live::Row> whole = rows_of("branches", {32, 1, 0});
  REQUIRE(whole.size() == 2);  // four blocks come first
  CHECK(whole[1][1] > 1e4);
  CHECK(whole[0] == rows_of("branches", {4, 1, 0}).at(0));
}

TEST_CASE("live: alpha, chapter 15") {
  const Table book = results("ch15/scale.csv").where("width", 64).where("seed", 0);
  for (const double octave : {0.0, -6.0}) {
    CAPTURE(octave);
    const Table at = octave == 0 ? book.where("part", "phases").where("variant", "sp")
                                 : book.where("part", "alpha").where("variant", "alpha-6");
    const auto value = [&](const char* quantity) {
      return at.where("quantity", quantity).number(0, "value");
    };
    const double boundary = value("x_loss");
    for (const double x : {boundary - 0.1, boundary}) {
      const std::vector<live::Row> rows = rows_of("alpha", {octave, x});
      const std::vector<live::Row> lambdas = of_size(1, rows), losses = of_size(2, rows);
      REQUIRE(losses.size() == 11);
      CHECK(of_size(3, rows).size() == 11);
      CHECK(lambdas.back()[0] == Approx(value("lambda")).epsilon(1e-4));
      CHECK(losses[0][1] == Approx(value("loss_0")).epsilon(1e-4));
      // The first run at this alpha searches, from below; the second one knows.
      CHECK((lambdas.size() == 1) == (x == boundary));
      for (std::size_t k = 1; k < lambdas.size(); ++k)
        CHECK(lambdas[k][0] >= lambdas[k - 1][0] * (1 - 1e-5));
      bool rises = false;
      for (const live::Row& row : losses) rises = rises || row[1] > losses[0][1];
      CHECK(rises == (x == boundary));
    }
  }
}

TEST_CASE("live: sharpening, chapter 17") {
  const Table book = results("ch17/widths.csv.gz").where("seed", 0);
  for (const auto& [name, number] : {std::pair{"mup", 0.0}, {"ntk", 1.0}, {"sp", 2.0}}) {
    CAPTURE(name);
    const Table at = book.where("variant", name).where("width", 128);
    const std::vector<live::Row> rows = rows_of("sharpening", {128, number, 0});
    CHECK(of_size(2, rows).size() == 51);
    std::map<double, live::Row> last;  // of each step
    for (const live::Row& row : of_size(3, rows)) last[row[0]] = row;
    REQUIRE(last.size() == 9);
    for (std::size_t i = 0; i < 9; ++i) {  // steps 0, 1, 2, 5, 10, ... 50
      const live::Row& row = last.at(at.number(i, "step"));
      CHECK(row[1] == Approx(at.number(i, "loss")).epsilon(1e-2));
      CHECK(row[2] == Approx(at.number(i, "eta_lambda")).epsilon(1e-2));
    }
  }
}

TEST_CASE("live: symmetry, chapter 6") {
  const Table book = results("ch06/forms.csv").where("optimiser", "SGD").where("width", 48);
  const Table table3 = book.where("table", "mup_table3");
  const std::vector<live::Row> rows = rows_of("symmetry", {48, 1.0 / 16, 1, 0});
  REQUIRE(rows.size() == 100);
  for (std::size_t t = 0; t < rows.size(); ++t)
    CHECK(rows[t][1] == Approx(table3.number(t, "loss")).epsilon(1e-6));
  CHECK(std::abs(rows.back()[2] - rows.back()[1]) > 0.01);
  // What no shift can change: m^-1 in front of numbers m times larger is table 8.
  const Table table8 = book.where("table", "mup_table8");
  for (const live::Row& row : rows_of("symmetry", {48, 1.0 / 3, 9, 0})) {
    CHECK(row[2] == Approx(row[1]).epsilon(1e-9));
    CHECK(row[3] == Approx(table8.number(std::size_t(row[0]) - 1, "output")).epsilon(1e-6));
  }
  for (const double adam : {0.0, 1.0})
    for (const live::Row& row : rows_of("symmetry", {48, 1.0 / 16, adam == 1 ? 16.0 : 256.0, adam}))
      CHECK(row[2] == row[1]);
}

TEST_CASE("live: two norms, chapter 8") {
  const Table book = results("ch08/sizes.csv.gz").where("experiment", "one step").where("seed", 0);
  for (const auto& [name, number] : {std::pair{"sp", 0.0}, {"ntk", 1.0}, {"mup_table9", 4.0}})
    for (const int width : {64, 256}) {
      const Table layers = book.where("parametrisation", name).where("width", width);
      const std::vector<live::Row> rows = rows_of("two_norms", {double(width), number, 0});
      REQUIRE(rows.size() == 2);
      for (const live::Row& row : rows) {
        const Table at = layers.where("layer", row[0]);
        const auto ratio = [&](const std::string& norm) {
          return at.number(0, "change_" + norm) / at.number(0, "weight_" + norm);
        };
        CHECK(row[1] == Approx(ratio("frobenius")).epsilon(1e-9));
        CHECK(row[2] == Approx(ratio("spectral")).epsilon(1e-6));
      }
    }
}

TEST_CASE("live: step of Adam, chapter 10") {
  const Table book = results("ch10/adam.csv").where("part", "step").where("seed", 0);
  for (const auto& [name, number] : {std::pair{"sp", 0.0}, {"sp_over_m", 1.0}, {"mup", 2.0}})
    for (const int width : {256, 512}) {
      const Table at = book.where("curve", name).where("width", width);
      const std::vector<live::Row> rows = rows_of("adam_step", {double(width), number, 0, 0, 0});
      CHECK(rows.size() == (width == 256 ? 1 : 2));  // the base width comes first
      CHECK(rows.back()[0] == width);
      CHECK(rows.back()[1] ==
            Approx(at.number(0, "value") / (number == 0 ? 1e-5 : 1e-3)).epsilon(1e-6));
      CHECK(rows.back()[2] == 1);
    }
  // An eps that stays takes the larger a share the wider the network is.
  const double narrow = rows_of("adam_step", {256, 2, 0.01, 0, 0}).back()[2];
  CHECK(rows_of("adam_step", {1024, 2, 0.01, 0, 0}).back()[2] < narrow / 2);
  CHECK(rows_of("adam_step", {1024, 2, 0.01, 1, 0}).back()[2] == Approx(narrow).epsilon(0.2));
}
