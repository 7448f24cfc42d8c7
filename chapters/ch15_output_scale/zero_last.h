#pragma once

#include "chapters/support/report.h"

/// What the report of chapter 15 says of a zero last layer alone.
namespace gradus {

/// At depths 2 and 8 the loss first rises where it does at depth 4.
void depths(const Table& rows, Report& report);

/// By how much the sharpness passes its start, which decides what a margin makes
/// of the order of the boundaries.
void rise(const Table& rows, Report& report);

/// The boundary of the sharpness where a rise of 5% counts, beside that where any
/// does.
void margins(const Table& rows, Report& report);

}  // namespace gradus
