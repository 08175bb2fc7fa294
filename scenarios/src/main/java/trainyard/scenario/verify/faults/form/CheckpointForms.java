package trainyard.scenario.verify.faults.form;

import trainyard.faults.analytic.AsyncCheckpoint;
import trainyard.faults.analytic.CheckpointInterval;
import trainyard.faults.analytic.CheckpointSize;
import trainyard.faults.analytic.Makespan;
import trainyard.faults.analytic.SegmentTime;
import trainyard.faults.analytic.TwoLevelCheckpoint;
import trainyard.faults.analytic.VerifiedCheckpoint;
import trainyard.scenario.verify.RowParameters;

/** Families {@code exp-segment}, {@code optimum}, {@code makespan}, {@code two-level}, {@code async}: checkpoints. */
final class CheckpointForms {

    private CheckpointForms() {}

    static void addTo(ClosedForms forms) {
        addSegment(forms);
        addOptimum(forms);
        addTwoLevel(forms);
        addAsync(forms);
    }

    private static void addSegment(ClosedForms forms) {
        forms.add("exp-segment", "E_time", row -> segment(row).expectedSeconds());
        forms.add("exp-segment", "waste_exact", row -> segment(row).waste());
        forms.add(
                "exp-segment", "waste_first_order_additive", row -> segment(row).wasteFirstOrder());
        forms.add(
                "exp-segment", "waste_first_order_product", row -> segment(row).wasteProduct());
        forms.add("makespan", "E_makespan", CheckpointForms::makespan);
        forms.add("makespan", "E_overhead_ratio", row -> makespan(row) / row.number("W_total_s"));
    }

    private static SegmentTime segment(RowParameters row) {
        return new SegmentTime(
                row.number("W_s"), row.number("C_s"), row.number("R_s"), row.number("D_s"), row.number("M_s"));
    }

    private static double makespan(RowParameters row) {
        SegmentTime whole = new SegmentTime(
                row.number("W_total_s"), row.number("C_s"), row.number("R_s"), row.number("D_s"), row.number("M_s"));
        return Makespan.expectedSeconds(row.whole("K"), whole);
    }

    private static void addOptimum(ClosedForms forms) {
        String family = "optimum";
        forms.add(family, "W_young", row -> CheckpointInterval.youngSeconds(row.number("C_s"), row.number("M_s")));
        forms.add(family, "W_daly_first", CheckpointForms::dalyFirst);
        forms.add(
                family,
                "W_daly_higher",
                row -> CheckpointInterval.dalyHigherOrderSeconds(row.number("C_s"), row.number("M_s")));
        forms.add(
                family,
                "W_exact_lambert",
                row -> CheckpointInterval.exactSeconds(row.number("C_s"), row.number("M_s")));
        forms.add(
                family,
                "Tc_saxena_availability",
                row -> CheckpointInterval.saxenaPeriodSeconds(row.number("C_s"), row.number("M_s"), row.number("R_s")));
        addWasteAt(forms, "exact_opt", row -> CheckpointInterval.exactSeconds(row.number("C_s"), row.number("M_s")));
        addWasteAt(forms, "young", row -> CheckpointInterval.youngSeconds(row.number("C_s"), row.number("M_s")));
        addWasteAt(forms, "daly_first", CheckpointForms::dalyFirst);
        addWasteAt(
                forms,
                "daly_higher",
                row -> CheckpointInterval.dalyHigherOrderSeconds(row.number("C_s"), row.number("M_s")));
    }

    private static double dalyFirst(RowParameters row) {
        return CheckpointInterval.dalyFirstOrderSeconds(row.number("C_s"), row.number("M_s"), row.number("R_s"));
    }

    /** Exact waste, without downtime, at an interval that a form gives. */
    private static void addWasteAt(ClosedForms forms, String name, ClosedForm interval) {
        forms.add(
                "optimum",
                "waste_at_" + name,
                row -> new SegmentTime(interval.value(row), row.number("C_s"), row.number("R_s"), 0, row.number("M_s"))
                        .waste());
    }

    private static void addTwoLevel(ClosedForms forms) {
        String family = "two-level";
        forms.add(family, "P1_opt", row -> twoLevel(row).local().bestPeriodSeconds());
        forms.add(family, "P2_opt", row -> twoLevel(row).remote().bestPeriodSeconds());
        forms.add(family, "waste_opt_first_order", row -> twoLevel(row).leastWaste());
        forms.add(family, "waste_single_level_L2_only", row -> twoLevel(row).leastWasteOfRemoteAlone());
    }

    private static TwoLevelCheckpoint twoLevel(RowParameters row) {
        return new TwoLevelCheckpoint(
                new TwoLevelCheckpoint.Level(row.number("C1_s"), row.number("R1_s"), row.number("M1_s")),
                new TwoLevelCheckpoint.Level(row.number("C2_s"), row.number("R2_s"), row.number("M2_s")));
    }

    private static void addAsync(ClosedForms forms) {
        String family = "async";
        forms.add(family, "stall_per_checkpoint", row -> async(row).stallSeconds());
        forms.add(family, "throughput_factor", row -> async(row).throughputFactor());
        forms.add(family, "mean_lost_work_persisted", row -> async(row).meanLostSeconds());
        forms.add(family, "write_time", row -> CheckpointSize.writeSeconds(row.number("size_B"), row.number("bw_Bps")));
        forms.add(family, "checkpoint_bytes", row -> CheckpointSize.mixedPrecisionAdamBytes(row.number("params")));
        forms.add("sdc", "W_opt_verified_checkpoint", row -> verified(row).bestIntervalSeconds());
        forms.add("sdc", "waste_opt", row -> verified(row).leastWaste());
    }

    private static AsyncCheckpoint async(RowParameters row) {
        return new AsyncCheckpoint(
                row.number("S_s"),
                row.number("P_s"),
                row.number("t_it_s"),
                row.whole("k_iters"),
                row.number("overlap_s"));
    }

    private static VerifiedCheckpoint verified(RowParameters row) {
        return new VerifiedCheckpoint(
                row.number("V_s"),
                row.number("C_s"),
                row.number("R_s"),
                row.number("M_silent_s"),
                row.number("M_failstop_s"));
    }
}
