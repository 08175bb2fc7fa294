package trainyard.scenario.verify.scheduling;

import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import trainyard.faults.trace.TraceFolder;
import trainyard.scenario.verify.RowSkipped;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.peer.helios.CheckpointingSrtf;
import trainyard.scheduler.peer.helios.ConsolidatePlacement;
import trainyard.scheduler.policy.QueueOrder;
import trainyard.scheduler.policy.SchedulingPolicy;
import trainyard.scheduler.run.ClusterSimulation;
import trainyard.scheduler.trace.PhillyTrace;
import trainyard.sim.engine.SimTime;

/** The simulator of Helios on one virtual cluster of Philly between two days, such as {@code philly_103959_2017-10-10_2017-10-31}. */
final class HeliosModel implements PeerModel {

    private static final Pattern WINDOW =
            Pattern.compile("philly_(\\w+)_(\\d{4}-\\d{2}-\\d{2})_(\\d{4}-\\d{2}-\\d{2})");
    private static final Pattern CLUSTER = Pattern.compile("(\\d+)x(\\d+)");

    @Override
    public String peer() {
        return "heliosartifact-qssf";
    }

    @Override
    public PeerOutcome play(PeerRun run, TraceFolder traces) {
        Matcher window = WINDOW.matcher(run.trace());
        Matcher cluster = CLUSTER.matcher(run.cluster());
        if (!window.matches() || !cluster.matches()) {
            throw RowSkipped.unknown("trace", run.trace() + " on " + run.cluster() + " is no window of Philly");
        }
        if (!run.placement().equals("consolidate")) {
            throw RowSkipped.notBuilt("placement " + run.placement() + " of Helios");
        }
        PhillyTrace philly = PhillyTrace.read(PeerData.trace(traces, "philly/philly.csv"));
        int gpus = Integer.parseInt(cluster.group(1)) * Integer.parseInt(cluster.group(2));
        return play(
                jobs(philly, window, gpus),
                Integer.parseInt(cluster.group(1)),
                Integer.parseInt(cluster.group(2)),
                run.policy());
    }

    /** Plays a policy, under which each job runs a second longer if it is {@code srtf}. */
    static PeerOutcome play(List<ClusterJob> jobs, int nodes, int gpusPerNode, String policy) {
        long extraNanos = policy.equals("srtf") ? SimTime.NANOS_PER_SECOND : 0;
        return PeerOutcome.of(ClusterSimulation.run(
                jobs.stream()
                        .map(job -> ClusterJob.of(job.id(), job.submitNanos(), job.gpus(), job.runNanos() + extraNanos))
                        .toList(),
                FreeGpus.equal(nodes, gpusPerNode),
                new ConsolidatePlacement(),
                policy(policy)));
    }

    private static SchedulingPolicy policy(String name) {
        return switch (name) {
            case "fifo" -> new QueueOrder(QueueOrder.Key.ARRIVAL, QueueOrder.Overtaking.NONE);
            case "sjf" -> new QueueOrder(QueueOrder.Key.STATED_TIME, QueueOrder.Overtaking.NONE);
            case "srtf" -> new CheckpointingSrtf();
            default -> throw RowSkipped.notBuilt("policy " + name + " of Helios");
        };
    }

    /** The jobs of the window that fit the virtual cluster, numbered in the order of submission. */
    private static List<ClusterJob> jobs(PhillyTrace philly, Matcher window, int gpus) {
        return jobs(philly, window.group(1), gpus, day(window.group(2)), day(window.group(3)));
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException wrong) {
            throw RowSkipped.unknown("trace", text + " is no day");
        }
    }

    /** The same of a virtual cluster from one day on to the one before another. */
    static List<ClusterJob> jobs(PhillyTrace philly, String team, int gpus, LocalDate first, LocalDate behind) {
        long from = nanos(philly, first);
        long to = nanos(philly, behind);
        List<ClusterJob> inWindow = philly.jobs().stream()
                .filter(job -> job.team().equals(team) && job.gpus() <= gpus)
                .filter(job -> job.submitNanos() >= from && job.submitNanos() < to)
                .sorted(Comparator.comparingLong(ClusterJob::submitNanos))
                .toList();
        return IntStream.range(0, inWindow.size())
                .mapToObj(number -> {
                    ClusterJob job = inWindow.get(number);
                    return ClusterJob.of(
                            Integer.toString(number), job.submitNanos() - from, job.gpus(), job.runNanos());
                })
                .toList();
    }

    private static long nanos(PhillyTrace philly, LocalDate day) {
        return Duration.between(philly.start(), day.atStartOfDay()).toNanos();
    }
}
