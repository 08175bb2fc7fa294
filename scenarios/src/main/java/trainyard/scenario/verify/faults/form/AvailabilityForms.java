package trainyard.scenario.verify.faults.form;

import trainyard.faults.analytic.ColdSpares;
import trainyard.faults.analytic.EffectiveTrainingTimeRatio;
import trainyard.faults.analytic.JobMttf;
import trainyard.faults.analytic.QuorumGoodput;
import trainyard.faults.analytic.SpareNodes;
import trainyard.faults.analytic.SpotPrice;
import trainyard.faults.analytic.StallConvention;
import trainyard.scenario.verify.RowParameters;

/** Families {@code ettr}, {@code mttf}, {@code spares}, {@code spot}: how much of its time a job makes progress. */
final class AvailabilityForms {

    private static final double SECONDS_PER_MINUTE = 60;
    private static final double SECONDS_PER_HOUR = 3_600;

    private AvailabilityForms() {}

    static void addTo(ClosedForms forms) {
        forms.add("ettr", "E_ETTR_meta_form", row -> ratio(row).firstOrder());
        forms.add("ettr", "ETTR_exact_exponential", row -> ratio(row).exact());
        forms.add("mttf", "MTTF", row -> job(row).seconds() / SECONDS_PER_HOUR);
        forms.addPattern(
                "mttf",
                "P_survive_(\\d{1,6})h",
                name -> row -> job(row).survival(Integer.parseInt(name.group(1)) * SECONDS_PER_HOUR));
        forms.add(
                "mttf",
                "hsdp_convention_a",
                row -> StallConvention.stallWithin(row.number("MTBF_min"), row.number("MTTR_min")));
        forms.add(
                "mttf",
                "hsdp_convention_b",
                row -> StallConvention.alternatingRenewal(row.number("MTBF_min"), row.number("MTTR_min")));
        addSpares(forms);
        forms.add("spot", "cost_per_useful_node_hour", row -> spot(row).perUsefulNodeHour());
        forms.add("spot", "spot_beats_on_demand", row -> spot(row).beats(row.number("od")) ? 1 : 0);
    }

    private static EffectiveTrainingTimeRatio ratio(RowParameters row) {
        return new EffectiveTrainingTimeRatio(
                job(row).failuresPerSecond(),
                minutes(row, "u0_min"),
                minutes(row, "dt_min"),
                minutes(row, "q_min"),
                minutes(row, "w_min"));
    }

    private static double minutes(RowParameters row, String key) {
        return SECONDS_PER_MINUTE * row.number(key);
    }

    private static JobMttf job(RowParameters row) {
        return new JobMttf(row.whole("N_nodes"), row.number("rf_per_node_day"));
    }

    private static void addSpares(ClosedForms forms) {
        String family = "spares";
        forms.add(
                family,
                "k_binomial_quantile",
                row -> SpareNodes.quantile(row.whole("N"), row.number("p_daily"), row.number("q")));
        forms.add(
                family,
                "P_full_hot_unlimited_repair",
                row -> SpareNodes.hotFullyStaffed(
                        row.whole("N"), row.whole("s"), row.number("node_mttf_h"), row.number("node_mttr_h")));
        forms.addPattern(
                family,
                "P_full_cold_c(inf|\\d{1,6})",
                name -> row -> cold(row, name.group(1)).fullyStaffed());
        forms.addPattern(
                family,
                "E_shortfall_cold_c(inf|\\d{1,6})",
                name -> row -> cold(row, name.group(1)).meanShortfall());
        forms.add(
                family,
                "replica_goodput_quorum",
                row -> QuorumGoodput.goodput(row.whole("n"), row.whole("m"), row.number("A")));
    }

    private static ColdSpares cold(RowParameters row, String crews) {
        return new ColdSpares(
                row.whole("N"),
                row.whole("s"),
                crews.equals("inf") ? ColdSpares.UNLIMITED_CREWS : Integer.parseInt(crews),
                row.number("node_mttf_h"),
                row.number("node_mttr_h"));
    }

    private static SpotPrice spot(RowParameters row) {
        return new SpotPrice(
                row.number("spot"),
                row.number("preempt_per_node_h"),
                row.whole("nodes"),
                row.number("C_s"),
                row.number("R_s"));
    }
}
