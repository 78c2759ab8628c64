// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks;

/** What one meter says of one stream. */
record Reading(double integratedLufs, double rangeLu, double truePeakDbtp) {}
