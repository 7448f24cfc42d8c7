// Figures of chapters 11 to 17 open with numbers of their chapters' committed results.
#include <cmath>
#include <map>
#include <string>

#include "tests/catch.h"
#include "tests/chapters/live_rows.h"

using namespace gradus;
using live::of_size;
using live::results;
using live::rows_of;

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
