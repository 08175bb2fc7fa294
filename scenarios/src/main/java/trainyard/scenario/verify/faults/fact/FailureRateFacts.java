package trainyard.scenario.verify.faults.fact;

import java.util.Optional;
import trainyard.faults.analytic.JobMttf;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.fact.Fact;
import trainyard.scenario.verify.fact.FactModel;

/**
 * Mean time to failure of a job by its size, from the failure rate per node that the same source gives. Held to 2 % from
 * 4,096 GPUs up: below, the jobs of Meta fail more often than the line of nodes in series says.
 */
final class FailureRateFacts implements FactModel {

    private static final double SHARE = 0.02;
    private static final int GATED_GPUS = 4_096;
    private static final double SECONDS_PER_HOUR = 3_600;

    /** Failures per node-day of jobs of more than 128 GPUs: Kokolis et al. 2024, arXiv 2410.21680. */
    private static final double RSC_1 = 6.5e-3;

    private static final double RSC_2 = 2.34e-3;

    /** Unexpected interruptions of Llama 3, 54 days on 16,384 GPUs: arXiv 2407.21783, section 3.3.4 and table 5. */
    private static final double LLAMA_UNEXPECTED = 419;

    private static final double LLAMA_ALL = 466;
    private static final double LLAMA_HOURS = 54 * 24;
    private static final double LLAMA_NODES = 16_384 / 8.0;

    @Override
    public Optional<RowScore> score(Fact fact) {
        if (fact.subject().startsWith("Llama3")) {
            return llama(fact);
        }
        return fact.metric().equals("job_mttf") && fact.unit().equals("h")
                ? rate(fact.subject()).map(rate -> score(fact, rate))
                : Optional.empty();
    }

    private static Optional<Double> rate(String system) {
        return system.contains("RSC-1")
                ? Optional.of(RSC_1)
                : system.contains("RSC-2") ? Optional.of(RSC_2) : Optional.empty();
    }

    private static RowScore score(Fact fact, double failuresPerNodeDay) {
        double gpus = TrainingTimeFacts.number(fact, "gpus");
        double perNode = fact.parameters().text("gpus_per_node").isPresent()
                ? TrainingTimeFacts.number(fact, "gpus_per_node")
                : TrainingTimeFacts.GPUS_PER_NODE;
        JobMttf job = new JobMttf((int) Math.ceil(gpus / perNode), failuresPerNodeDay);
        String gate = gpus < GATED_GPUS
                ? "no: measured on small jobs, off the line of its own rate"
                : fact.remarks().contains("about") ? "no: printed as 'about'" : Fact.GATED;
        return fact.within(job.seconds() / SECONDS_PER_HOUR, SHARE, gate);
    }

    /** Mean time between interruptions, or their rate, from their number; planned ones count where the row says so. */
    private static Optional<RowScore> llama(Fact fact) {
        boolean all = (fact.metric() + fact.remarks()).matches("(?i).*(466|\\ball\\b|planned).*")
                && !fact.metric().contains("unexpected");
        double interruptions = all ? LLAMA_ALL : LLAMA_UNEXPECTED;
        if (fact.unit().equals("1/(1000 node-day)")) {
            double perNodeDay = interruptions / (LLAMA_HOURS / 24 * LLAMA_NODES);
            return Optional.of(fact.within(1_000 * perNodeDay, SHARE, Fact.GATED));
        }
        return fact.metric().matches("(?i).*(mtt|mtb).*") && fact.unit().equals("h")
                ? Optional.of(fact.within(LLAMA_HOURS / interruptions, SHARE, Fact.GATED))
                : Optional.empty();
    }
}
