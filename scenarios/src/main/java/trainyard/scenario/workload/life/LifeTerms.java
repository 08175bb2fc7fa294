package trainyard.scenario.workload.life;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import trainyard.faults.life.LifeOutcome;
import trainyard.faults.life.account.GpuState;
import trainyard.scenario.workload.Derivation.Part;
import trainyard.scenario.workload.Derivation.Sum;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Wording;

/** What the numbers of one life consist of: its incidents by cause, and the time that they cost by what it went into. */
final class LifeTerms {

    /** What a life without incidents spends its time on, too. */
    private static final Set<GpuState> WITHOUT_INCIDENTS =
            EnumSet.of(GpuState.USEFUL, GpuState.CHECKPOINT, GpuState.SAVING);

    /** States of GPUs that the job does not have; more of them than there are spares are missing to it. */
    private static final Set<GpuState> WITHOUT_JOB = EnumSet.of(GpuState.IDLE, GpuState.REPAIR);

    private static final Set<Metric> SUMS =
            Set.of(LifeMetrics.INCIDENTS, LifeMetrics.LOST_PER_INCIDENT, LifeMetrics.LOST_GPU_HOURS);

    /** What sums of GPU time may miss of each other by rounding, as a share of all of it. */
    private static final double ROUNDING = 1e-9;

    private LifeTerms() {}

    /** Whether a metric is a sum that a life has to be played for. */
    static boolean has(Metric metric) {
        return SUMS.contains(metric);
    }

    /** The terms of a metric; empty where it is no sum, or has no value in this life. */
    static Optional<Sum> of(Metric metric, LifeOutcome life) {
        if (metric.equals(LifeMetrics.INCIDENTS)) {
            return Optional.of(incidents(life));
        }
        if (metric.equals(LifeMetrics.LOST_PER_INCIDENT) && life.incidents() > 0) {
            double unit = metric.unitSize() * life.jobGpus() * life.incidents();
            return Optional.of(sum(metric, "GPU time / (GPUs of the job x incidents)", unit, WITHOUT_INCIDENTS, life));
        }
        if (metric.equals(LifeMetrics.LOST_GPU_HOURS)) {
            return Optional.of(sum(metric, "GPU time", metric.unitSize(), EnumSet.of(GpuState.USEFUL), life));
        }
        return Optional.empty();
    }

    /** Time of the job that went neither into steps which it keeps nor into saves, in seconds of all its GPUs. */
    static double lostSeconds(LifeOutcome life) {
        double kept = WITHOUT_INCIDENTS.stream()
                .mapToDouble(state -> life.ledger().gpuSeconds(state))
                .sum();
        return life.seconds() - kept / life.jobGpus();
    }

    private static Sum incidents(LifeOutcome life) {
        List<Part> parts = new ArrayList<>();
        for (Map.Entry<String, Integer> cause : life.events().incidentsByCause().entrySet()) {
            parts.add(new Part(
                    cause.getKey(), cause.getValue(), "faults or false alarms of this cause that stopped the job"));
        }
        return new Sum("", "Incidents by cause", "incidents", parts);
    }

    /** GPU time of all states but some, of the GPUs that the job is made for. */
    private static Sum sum(Metric metric, String formula, double unit, Set<GpuState> without, LifeOutcome life) {
        List<Part> parts = new ArrayList<>();
        double missing = -life.seconds() * (life.gpus() - life.jobGpus());
        for (GpuState state : GpuState.values()) {
            double gpuSeconds = life.ledger().gpuSeconds(state);
            if (WITHOUT_JOB.contains(state)) {
                missing += gpuSeconds;
            } else if (!without.contains(state)) {
                parts.add(new Part(state.label(), gpuSeconds / unit, formula + ": " + state.meaning()));
            }
        }
        parts.add(new Part(
                "nodes missing",
                (Math.abs(missing) < ROUNDING * life.seconds() * life.gpus() ? 0 : missing) / unit,
                formula + ": idle or in repair, beyond as many as there are spares"));
        return new Sum("", Wording.capital(metric.words()), metric.unit(), parts);
    }
}
