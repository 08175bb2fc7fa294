package trainyard.scenario.verify.faults.form;

import trainyard.faults.analytic.PeerPlacement;
import trainyard.faults.analytic.Replication;
import trainyard.faults.analytic.ShardRedundancy;
import trainyard.scenario.verify.RowParameters;

/** Families {@code gemini}, {@code replication}, {@code spare}: copies of state and of work. */
final class RedundancyForms {

    private RedundancyForms() {}

    static void addTo(ClosedForms forms) {
        forms.add("gemini", "P_recover_group_exact", row -> placement(row).groupSurvival());
        forms.add("gemini", "P_recover_group_lower", row -> placement(row).groupSurvivalBound());
        forms.add("gemini", "P_recover_ring", row -> placement(row).ringSurvival());
        forms.add(
                "gemini",
                "wasted_time_avg",
                row -> PeerPlacement.meanWastedSeconds(
                        row.number("t_ckpt_s"), row.number("f_hz"), row.number("t_rtvl_s")));
        forms.add(
                "replication", "MNFTI_alive_counting", row -> Replication.meanFailuresOfTheLiving(row.whole("pairs")));
        forms.add("replication", "MNFTI_all_counting", row -> Replication.meanFailuresOfAll(row.whole("pairs")));
        forms.add(
                "spare",
                "mu_masked_failures",
                row -> ShardRedundancy.meanMaskedFailures(row.whole("N"), row.whole("r")));
        forms.add("spare", "r_star", row -> ShardRedundancy.bestRedundancy(row.whole("N")));
        forms.add("spare", "c_k", row -> ShardRedundancy.stacks(row.whole("N"), row.whole("k")));
    }

    private static PeerPlacement placement(RowParameters row) {
        return new PeerPlacement(row.whole("N"), row.whole("m"), row.whole("k"));
    }
}
