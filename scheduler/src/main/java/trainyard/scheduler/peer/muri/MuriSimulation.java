package trainyard.scheduler.peer.muri;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trainyard.scheduler.peer.tiresias.YarnPlacement;

/**
 * Its simulator, with the clock in seconds as it has it: events that fall on one time there do so here. At every event each job
 * that ran loses up to its overhead, whether or not it is preempted; its end is foreseen without it.
 */
public final class MuriSimulation {

    private static final int MOST_EVENTS_AT_ONCE = 10_000;

    private final List<MuriJob> jobs;
    private final MuriOrder order;
    private final List<MuriState> runnable = new ArrayList<>();
    private final Map<String, Double> completions = new LinkedHashMap<>();
    private int arrived;
    private double now;
    private int stuck;
    private Ends ends = new Ends(MuriOrder.NEVER, List.of());

    /** Jobs that end in one event. */
    private record Ends(double at, List<MuriState> jobs) {}

    /**
     * What became of the jobs.
     *
     * @param completionSeconds from arrival to end, by the id of the job
     * @param endSeconds of the last job
     */
    public record Outcome(Map<String, Double> completionSeconds, double endSeconds) {}

    private MuriSimulation(List<MuriJob> jobs, MuriOrder order) {
        this.jobs = jobs;
        this.order = order;
    }

    /**
     * Plays a list of jobs.
     *
     * @param jobs in the order of arrival
     * @param policy as on its command line
     * @return empty if there is no such policy here
     * @throws IllegalArgumentException if a job never fits
     */
    public static Optional<Outcome> run(List<MuriJob> jobs, int nodes, int gpusPerNode, String policy) {
        YarnPlacement placement = new YarnPlacement(nodes, gpusPerNode);
        MuriOrder order = switch (policy) {
            case "shortest" -> new ShortestOrder(nodes, gpusPerNode, placement, false);
            case "shortest-gpu" -> new ShortestOrder(nodes, gpusPerNode, placement, true);
            case "dlas-gpu" -> new AttainedOrder(nodes * gpusPerNode);
            case "multi-resource-blossom-same-gpu" -> new InterleavedOrder(nodes, gpusPerNode, placement, true);
            case "multi-resource-blossom-same-gpu-unaware" ->
                new InterleavedOrder(nodes, gpusPerNode, placement, false);
            case "antman" -> new AntManOrder(nodes, gpusPerNode);
            default -> null;
        };
        return Optional.ofNullable(order).map(found -> new MuriSimulation(jobs, found).run());
    }

    private Outcome run() {
        double wakeUp = MuriOrder.NEVER;
        double last = 0;
        while (completions.size() < jobs.size()) {
            double start = arrived < jobs.size() ? jobs.get(arrived).submitSeconds() : MuriOrder.NEVER;
            boolean atOnce = areAtOnce(start, ends.at());
            double next = atOnce ? start : Math.min(start, ends.at());
            if (next == MuriOrder.NEVER) {
                throw new IllegalArgumentException("job " + runnable.get(0).job.id() + " never fits");
            }
            double before = now;
            now = Math.min(next, wakeUp);
            if (next <= wakeUp) {
                if (atOnce || ends.at() == next) {
                    complete();
                    last = now;
                }
                admit();
            }
            advance(before);
            stuck = now > before ? 0 : stuck + 1;
            if (stuck > MOST_EVENTS_AT_ONCE) {
                throw new IllegalArgumentException("time does not pass behind " + now + " s");
            }
            order.schedule(runnable);
            ends = firstEnds();
            wakeUp = order.wakeUp(runnable, now);
        }
        return new Outcome(completions, last);
    }

    private boolean areAtOnce(double start, double end) {
        double seconds = order.togetherWithArrivalsSeconds();
        double close = Math.max(seconds, order.together() * Math.max(start, end));
        return seconds > 0 && start < MuriOrder.NEVER && end < MuriOrder.NEVER && Math.abs(start - end) <= close;
    }

    /** Each job joins the first event, in the order of the jobs, that is at its end or close to it. */
    private Ends firstEnds() {
        List<Ends> events = new ArrayList<>();
        for (MuriState job : runnable) {
            if (job.running) {
                double end = now + job.secondsLeft();
                events.stream()
                        .filter(event -> Math.abs(event.at() - end) <= order.together() * Math.max(event.at(), end))
                        .findFirst()
                        .orElseGet(() -> {
                            events.add(new Ends(end, new ArrayList<>()));
                            return events.get(events.size() - 1);
                        })
                        .jobs()
                        .add(job);
            }
        }
        return events.stream()
                .min(Comparator.comparingDouble(Ends::at))
                .orElseGet(() -> new Ends(MuriOrder.NEVER, List.of()));
    }

    private void complete() {
        runnable.removeAll(ends.jobs());
        for (MuriState job : ends.jobs()) {
            completions.put(job.job.id(), now - job.job.submitSeconds());
            order.ended(job);
        }
    }

    private void admit() {
        while (arrived < jobs.size() && jobs.get(arrived).submitSeconds() <= now) {
            MuriState job = new MuriState(jobs.get(arrived++));
            runnable.add(job);
            order.arrived(job);
        }
    }

    private void advance(double before) {
        for (MuriState job : runnable) {
            if (job.running) {
                job.iterationsLeft -= Math.max(now - before - job.overheadSeconds, 0) / job.iterationSeconds;
                job.executedSeconds = job.executedSeconds + now - before;
                order.ran(job);
            }
        }
    }
}
