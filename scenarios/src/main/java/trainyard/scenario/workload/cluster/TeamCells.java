package trainyard.scenario.workload.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Setting;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.jobs.JobsSection;
import trainyard.scenario.section.scheduler.GoodputFields;
import trainyard.scenario.section.scheduler.SchedulerSection;
import trainyard.scenario.source.Nearest;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scheduler.catalog.PlacementKind;
import trainyard.scheduler.catalog.PolicyKind;
import trainyard.scheduler.cells.CellLevels;
import trainyard.scheduler.cells.CellQuota;
import trainyard.scheduler.cluster.ClusterLayout;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.sharing.GpuNode;

/**
 * The cells of teams.
 *
 * @param quotas of those that have some
 */
record TeamCells(List<CellQuota> quotas) {

    /** No team has cells. */
    static final TeamCells NONE = new TeamCells(List.of());

    TeamCells {
        quotas = List.copyOf(quotas);
    }

    /**
     * @throws ScenarioException if cells are not those of the cluster, there are too few, or something is asked for that does not know
     *     them
     */
    static TeamCells bind(Values scheduler, Values jobs, ClusterLayout layout) {
        if (scheduler.get(SchedulerSection.PLACEMENT) != PlacementKind.BUDDY) {
            return NONE;
        }
        refuse(jobs, JobsSection.POOLS, "cells are those of one pool of nodes");
        refuse(jobs, JobsSection.AUTOSCALER, "nodes are ordered without a look at cells");
        refuse(scheduler, SchedulerSection.DEFRAGMENTATION, "jobs are moved without a look at cells");
        PolicyKind policy = scheduler.get(SchedulerSection.POLICY);
        if (policy == PolicyKind.POD_BY_POD || GoodputFields.isChosen(scheduler)) {
            throw problem(
                    scheduler.position(SchedulerSection.POLICY),
                    "policy " + policy.word() + " hands out GPUs without a look at cells",
                    "choose another scheduler.policy or scheduler.placement");
        }
        if (layout.countsHosts() || layout.gpus(0) > GpuNode.MOST_GPUS) {
            throw problem(
                    scheduler.position(SchedulerSection.PLACEMENT),
                    "cells are of up to " + GpuNode.MOST_GPUS
                            + " GPUs on a node, whose processors and memory are not counted",
                    "drop cpus and host-memory of the node, or choose another placement");
        }
        CellLevels levels = CellLevels.of(layout);
        List<CellQuota> quotas = new ArrayList<>();
        SchedulerSection.cells(scheduler).forEach((team, cells) -> quotas.add(quota(team, cells.value(), levels)));
        OptionalInt shortOf = CellQuota.shortOf(levels, layout.gpus(), quotas);
        if (shortOf.isPresent()) {
            throw problem(
                    scheduler.position(SchedulerSection.TEAMS),
                    "the teams are promised more than the " + layout.gpus() + " GPUs have in cells of "
                            + size(levels, shortOf.getAsInt()),
                    "promise fewer cells, or write more nodes");
        }
        return new TeamCells(quotas);
    }

    private static String size(CellLevels levels, int level) {
        int gpus = levels.size(level);
        return gpus + (gpus == 1 ? " GPU" : " GPUs");
    }

    private static CellQuota quota(String team, Map<String, Setting<Long>> cells, CellLevels levels) {
        int[] counts = new int[levels.count()];
        cells.forEach((name, count) -> {
            int level = levels.level(name)
                    .orElseThrow(() -> new ScenarioException(Problem.at(
                            count.keyPosition().orElseThrow(),
                            Problem.Kind.VALUE,
                            "the cluster has no cells called " + name,
                            Nearest.hint(name, levels.names()),
                            "it has: " + String.join(" ", levels.names()))));
            counts[level] = Math.toIntExact(count.value());
        });
        return new CellQuota(team, Arrays.stream(counts).boxed().collect(Collectors.toList()));
    }

    /** A job as it counts: where teams have cells, those of others make place for guaranteed ones. */
    ClusterJob asMeant(ClusterJob job) {
        boolean guaranteed = job.traits().priority() >= 0
                && quotas.stream().anyMatch(quota -> quota.team().equals(job.team()));
        if (quotas.isEmpty() || guaranteed) {
            return job;
        }
        return job.with(
                job.traits().withPriority(Math.min(-1, job.traits().priority())).withPreemptible(true));
    }

    private static void refuse(Values values, Field<?> field, String what) {
        if (values.isWritten(field)) {
            throw problem(values.position(field), what, "drop it, or choose another scheduler.placement");
        }
    }

    private static ScenarioException problem(Position position, String what, String fix) {
        return new ScenarioException(Problem.at(position, Problem.Kind.PLAN, what, fix));
    }
}
