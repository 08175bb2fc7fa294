package trainyard.scenario.verify.faults.form;

import trainyard.faults.analytic.PipelineReroute;
import trainyard.faults.analytic.ShrunkThroughput;
import trainyard.scenario.verify.RowParameters;

/** Families {@code reroute}, {@code shrink}: throughput of a job that goes on without what failed. */
final class RecoveryForms {

    private RecoveryForms() {}

    static void addTo(ClosedForms forms) {
        forms.add("reroute", "rel_throughput_naive", row -> reroute(row).withoutBubbles());
        forms.add("reroute", "rel_throughput_bubble_absorb", row -> reroute(row).withAllBubbles());
        forms.add("reroute", "rel_throughput_work_bound", row -> reroute(row).workBound());
        forms.add(
                "shrink",
                "rel_throughput_fixed_batch",
                row -> ShrunkThroughput.fixedBatch(
                        row.whole("global_batch"), row.whole("micro"), row.whole("DP"), row.whole("lost")));
        forms.add(
                "shrink",
                "rel_throughput_scaled_batch",
                row -> ShrunkThroughput.scaledBatch(row.whole("DP"), row.whole("lost")));
        forms.add(
                "shrink",
                "cycle_avg",
                row -> ShrunkThroughput.cycleAverage(
                        row.number("M_s"),
                        row.number("repair_s"),
                        row.number("reconf_s"),
                        row.number("lost_s"),
                        row.whole("d")));
    }

    private static PipelineReroute reroute(RowParameters row) {
        return new PipelineReroute(
                row.whole("DP"), row.whole("PP"), row.whole("microbatches"), row.whole("failed_in_worst_stage"));
    }
}
