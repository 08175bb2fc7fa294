package trainyard.scenario.section.jobs;

import java.util.List;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Use;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.cluster.ClusterSection;
import trainyard.scenario.section.cluster.NodeSection;
import trainyard.scenario.section.scheduler.SchedulerSection;
import trainyard.scenario.section.scheduler.TeamSection;
import trainyard.sim.units.Dimension;

/** The keys that say what jobs use of the hosts beside their GPUs. */
final class HostFields {

    static final Field<Double> CPUS = Field.of(
                    "cpus-per-gpu",
                    new NumberType(0, 10_000),
                    "Processors that a job uses for each of its GPUs, or for its part of one.")
            .orElse("0")
            .only(counted(NodeSection.CPUS, TeamSection.QUOTA_CPUS));

    static final Field<Double> MEMORY = Field.of(
                    "memory-per-gpu",
                    QuantityType.of(Dimension.DATA),
                    "Host memory that a job uses for each of its GPUs, or for its part of one.")
            .orElse("0 B")
            .only(counted(NodeSection.HOST_MEMORY, TeamSection.QUOTA_MEMORY));

    private HostFields() {}

    /** Where nodes say what they have, or a team what is its own. */
    private static Use counted(Field<?> node, Field<?> quota) {
        return new Use(
                "`cluster.node." + node.key() + "`, or `" + quota.key() + "` of a team",
                List.of(),
                (own, all) -> isOnNodes(all, node) || isInQuotas(all, quota));
    }

    private static boolean isOnNodes(Values all, Field<?> node) {
        return all.find(ClusterSection.CLUSTER)
                .map(cluster -> cluster.get(ClusterSection.NODE))
                .filter(values -> values.isWritten(node))
                .isPresent();
    }

    private static boolean isInQuotas(Values all, Field<?> quota) {
        return all.find(SchedulerSection.SCHEDULER)
                .flatMap(scheduler -> scheduler.find(SchedulerSection.TEAMS))
                .filter(teams ->
                        teams.values().stream().anyMatch(team -> team.value().isWritten(quota)))
                .isPresent();
    }
}
