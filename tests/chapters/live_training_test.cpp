// Figures of chapters 1 to 10 open with numbers of their chapters' committed results.
#include <cmath>
#include <string>

#include "tests/catch.h"
#include "tests/chapters/live_rows.h"

using namespace gradus;
using live::of_size;
using live::results;
using live::rows_of;

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
