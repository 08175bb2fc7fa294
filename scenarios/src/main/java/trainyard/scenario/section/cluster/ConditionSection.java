package trainyard.scenario.section.cluster;

import java.util.List;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.ListType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Values;

/** {@code cluster.condition}: what makes the GPUs of a job unequal. */
public final class ConditionSection {

    public static final Field<List<Values>> STRAGGLERS = Field.of(
            "stragglers",
            new ListType<>(StragglerSection.SECTION, "stragglers"),
            "GPUs that run at a share of their speed in every step, such as one that is too hot.");
    public static final Field<List<Values>> SLOW_LINKS = Field.of(
            "slow-links",
            new ListType<>(SlowLinkSection.SECTION, "slow links"),
            "Links that run at a share of their rate, or are down. What crosses them waits for them. Steps of a job need"
                    + " `collectives: analytic` for it; `traffic` sends its messages over what is left.");
    public static final Field<List<Values>> OTHER_NODES = Field.of(
            "other-nodes",
            new ListType<>(OtherNodesSection.SECTION, "other nodes"),
            "Nodes of another type than `cluster.node`, with as many GPUs.");
    public static final Field<Values> JITTER = Field.of(
            "jitter",
            JitterSection.SECTION,
            "Compute times that vary by chance, anew for each micro-batch and GPU; `replications` then gives the result an"
                    + " interval.");

    public static final Section SECTION = Section.of(
            "cluster.condition",
            "What makes the GPUs of a job unequal. GPUs and nodes are numbered through the cluster from 0; rank i of the job"
                    + " runs on GPU i. Left out: all alike.",
            STRAGGLERS,
            SLOW_LINKS,
            OTHER_NODES,
            JITTER);

    private ConditionSection() {}

    /** Whether anything is stated. */
    public static boolean isStated(Values cluster) {
        return cluster.find(ClusterSection.CONDITION)
                .filter(condition -> condition.section().fields().stream().anyMatch(condition::isWritten))
                .isPresent();
    }
}
