package trainyard.scenario.workload;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.ClusterSection;
import trainyard.scenario.section.ScenarioSection;

/** What the numbers of a step leave easily unseen, in sentences without a final stop: GPUs that the plan leaves idle. */
public final class StepRemarks {

    private StepRemarks() {}

    /**
     * The remarks on one cell.
     *
     * @param scenario its values
     * @param outcomes its replications; none of them needs to be of a training job
     */
    public static List<String> of(Values scenario, List<Outcome> outcomes) {
        Optional<Double> used = outcomes.stream().findFirst().flatMap(outcome -> outcome.value(StepMetrics.GPUS));
        Optional<Long> there = scenario.find(ScenarioSection.CLUSTER).flatMap(StepRemarks::statedGpus);
        return used.isPresent() && there.isPresent() && used.get() < there.get()
                ? List.of(String.format(
                        Locale.ROOT,
                        "the plan occupies %,.0f of the %,d GPUs of the cluster; the others stand idle and are not paid for here",
                        used.get(),
                        there.get()))
                : List.of();
    }

    private static Optional<Long> statedGpus(Values cluster) {
        return cluster.get(ClusterSection.NODES)
                .map(nodes -> nodes
                        * ClusterSection.bind(cluster, Math.toIntExact(nodes))
                                .node()
                                .gpus());
    }
}
