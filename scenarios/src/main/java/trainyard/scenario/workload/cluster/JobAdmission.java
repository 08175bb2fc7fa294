package trainyard.scenario.workload.cluster;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import trainyard.scenario.section.jobs.JobSweepSection;
import trainyard.scenario.section.jobs.JobsSection.TooLarge;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scheduler.cluster.ClusterLayout;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.cluster.NodePool;
import trainyard.scheduler.cluster.NodeShares;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.placement.Placement;
import trainyard.scheduler.quota.Amounts;
import trainyard.scheduler.quota.QuotaSpec;
import trainyard.scheduler.quota.QuotaTree;
import trainyard.scheduler.trace.JobList;
import trainyard.sim.units.Dimension;
import trainyard.sim.units.Units;

/**
 * What is done about jobs that the empty cluster cannot hold, or that the quota of their team never admits.
 *
 * @param layout the cluster
 * @param placement makes the placement by which jobs run
 * @param quotas of teams; empty where the policy keeps none
 * @param cells of teams
 * @param teams names of teams, which jobs may contradict
 * @param tooLarge what is done
 * @param position where the scenario asks for the jobs
 * @param written where it asks for those that it writes down and for classes, by name
 */
record JobAdmission(
        ClusterLayout layout,
        Supplier<Placement> placement,
        List<QuotaSpec> quotas,
        TeamCells cells,
        TeamNames teams,
        TooLarge tooLarge,
        Position position,
        Map<String, Position> written) {

    private static final double MILLIS_PER_CPU = 1000;

    /**
     * The jobs that can run.
     *
     * @param jobs in the order of submission
     * @param dropped how many were left out
     * @param skipped what is wrong with each row of a list that was left out
     * @param withoutGpus how many jobs of a list were left out since they had no GPU
     */
    record Admitted(List<ClusterJob> jobs, int dropped, List<String> skipped, int withoutGpus) {

        Admitted {
            jobs = List.copyOf(jobs);
            skipped = List.copyOf(skipped);
        }

        /** Sweeps whose jobs are among them. */
        List<JobSweepSection.Drawn> whole(List<JobSweepSection.Drawn> sweeps) {
            if (dropped == 0 || sweeps.isEmpty()) {
                return sweeps;
            }
            Set<String> there = jobs.stream().map(ClusterJob::id).collect(Collectors.toSet());
            return sweeps.stream()
                    .filter(sweep -> sweep.tuning().jobs().stream().allMatch(job -> there.contains(job.id())))
                    .toList();
        }
    }

    /**
     * @throws ScenarioException if a job can never run and none may be left out, or a team is probably misspelt
     */
    Admitted of(JobList list) {
        teams.refuseMisspelt(list.jobs());
        FreeGpus empty = layout.free();
        Placement fresh = placement.get();
        NodeShares shares = new NodeShares();
        QuotaTree tree = new QuotaTree(quotas);
        List<ClusterJob> fitting = new ArrayList<>();
        for (ClusterJob submitted : list.jobs()) {
            ClusterJob job = cells.asMeant(submitted);
            Optional<Problem> never = never(job, fresh, empty, shares, tree);
            if (never.isEmpty()) {
                fitting.add(job);
            } else if (tooLarge == TooLarge.REFUSE) {
                throw new ScenarioException(never.get());
            }
        }
        if (fitting.size() < list.jobs().size()) {
            dropFollowers(fitting);
        }
        int dropped = list.jobs().size() - fitting.size();
        return new Admitted(fitting, dropped, list.skipped(), list.withoutGpus());
    }

    /** Leaves out who waits for a job that was left out, and who waits for that one. */
    private static void dropFollowers(List<ClusterJob> fitting) {
        boolean dropped = true;
        while (dropped) {
            Set<String> there = fitting.stream().map(ClusterJob::id).collect(Collectors.toSet());
            dropped = fitting.removeIf(job -> !there.containsAll(job.traits().after()));
        }
    }

    /** GPUs that a team may use at most by its quota and what it may borrow; more than any cluster has without one. */
    double mostGpus(String team) {
        return new QuotaTree(quotas).most(team).gpus();
    }

    private Optional<Problem> never(
            ClusterJob job, Placement fresh, FreeGpus empty, NodeShares shares, QuotaTree tree) {
        if (!fresh.choose(empty, job, job.parts(empty.partsPerGpu()), shares)) {
            return refusal(
                    job,
                    "job " + job.id() + " wants " + gpus(job) + perGpu(job) + ", which " + cluster()
                            + (layout.pools().size() > 1 ? " can ever give it" : " can never give it"),
                    layout.pools().size() > 1 ? "more nodes in a pool" : "more nodes");
        }
        return overQuota(job, Amounts.of(job), tree.most(job.team()));
    }

    /** Of several pools each with its GPUs, since no job runs in two. */
    private String cluster() {
        List<NodePool> pools = layout.pools();
        if (pools.size() == 1) {
            return "the cluster of " + count(layout.nodes(), "node") + " and " + count(layout.gpus(), "GPU");
        }
        return pools.stream()
                .map(pool -> pool.name() + " of " + count(pool.nodes() * pool.gpusPerNode(), "GPU"))
                .collect(Collectors.joining(", ", "no pool of " + pools.size() + " (", ")"));
    }

    private Optional<Problem> overQuota(ClusterJob job, Amounts need, Amounts most) {
        if (need.gpuMillis() > most.gpuMillis()) {
            return overQuota(job, gpus(job), decimal(most.gpus()), "quota");
        }
        if (need.cpuMillis() > most.cpuMillis()) {
            return overQuota(job, processors(need) + " processors", processors(most), "quota-cpus");
        }
        return need.memoryBytes() > most.memoryBytes()
                ? overQuota(job, memory(need) + " of host memory", memory(most), "quota-memory")
                : Optional.empty();
    }

    private Optional<Problem> overQuota(ClusterJob job, String wanted, String most, String key) {
        return refusal(
                job,
                "job " + job.id() + " wants " + wanted + ", its team " + job.team() + " may use " + most + " at most",
                "a larger scheduler.teams." + job.team() + "." + key);
    }

    /** What it needs beside each GPU, as far as it says. */
    private static String perGpu(ClusterJob job) {
        List<String> needs = new ArrayList<>();
        if (job.traits().cpus() > 0) {
            needs.add(decimal(job.traits().cpus()) + " processors");
        }
        if (job.traits().memoryBytes() > 0) {
            needs.add(Units.format(job.traits().memoryBytes(), Dimension.DATA) + " of host memory");
        }
        return needs.isEmpty() ? "" : " with " + String.join(" and ", needs) + " each";
    }

    private static String processors(Amounts amounts) {
        return decimal(amounts.cpuMillis() / MILLIS_PER_CPU);
    }

    private static String decimal(double number) {
        return new DecimalFormat("0.###", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(number);
    }

    private static String memory(Amounts amounts) {
        return Units.format(amounts.memoryBytes(), Dimension.DATA);
    }

    private Optional<Problem> refusal(ClusterJob job, String message, String fix) {
        Position place = written.getOrDefault(job.id(), written.getOrDefault(job.className(), position));
        return Optional.of(Problem.at(place, Problem.Kind.PLAN, message, fix + ", or jobs.too-large: drop"));
    }

    private static String gpus(ClusterJob job) {
        return job.sharesGpu() ? decimal(job.gpuAmount()) + " GPU" : count(job.gpus(), "GPU");
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
