package trainyard.scenario.workload.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import trainyard.scenario.workload.Lane;
import trainyard.scheduler.cluster.ClusterLayout;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.run.ClusterRecord;
import trainyard.scheduler.run.ClusterRecord.Stay;
import trainyard.sim.engine.SimTime;

/** Which job has which GPU when: a lane for each GPU. Which of the GPUs of a node a job has makes no difference to a run. */
final class ClusterLanes {

    /** GPUs with a lane, from the first node on. */
    private static final int MOST_LANES = 64;

    /** Up to so many jobs each have a colour; of more, the teams have. */
    private static final int FEW_JOBS = 12;

    private final List<ClusterJob> jobs;
    private final ClusterLayout layout;
    private final List<List<Lane.Span>> spans = new ArrayList<>();
    private final long[] busyUntil;
    private final int[] firstLane;

    private ClusterLanes(List<ClusterJob> jobs, ClusterLayout layout) {
        this.jobs = jobs;
        this.layout = layout;
        firstLane = new int[layout.nodes()];
        int lanes = 0;
        for (int node = 0; node < layout.nodes(); node++) {
            firstLane[node] = lanes;
            lanes += layout.gpus(node);
        }
        busyUntil = new long[lanes];
        for (int lane = 0; lane < Math.min(lanes, MOST_LANES); lane++) {
            spans.add(new ArrayList<>());
        }
    }

    static List<Lane> of(List<ClusterJob> jobs, ClusterRecord record, ClusterLayout layout) {
        ClusterLanes lanes = new ClusterLanes(jobs, layout);
        record.stays().stream()
                .sorted(Comparator.comparingLong(Stay::fromNanos))
                .filter(stay -> stay.toNanos() > stay.fromNanos())
                .forEach(lanes::place);
        return lanes.lanes();
    }

    private void place(Stay stay) {
        int lane = firstLane[stay.node()];
        int end = lane + layout.gpus(stay.node());
        for (int missing = stay.gpus(); missing > 0 && lane < end; lane++) {
            if (busyUntil[lane] <= stay.fromNanos()) {
                busyUntil[lane] = stay.toNanos();
                missing--;
                if (lane < spans.size()) {
                    spans.get(lane).add(span(stay));
                }
            }
        }
    }

    private Lane.Span span(Stay stay) {
        ClusterJob job = jobs.get(stay.job());
        String colour = jobs.size() <= FEW_JOBS ? "job " + job.id() : job.team().isEmpty() ? "running" : job.team();
        return new Lane.Span(SimTime.seconds(stay.fromNanos()), SimTime.seconds(stay.toNanos()), colour, job.id());
    }

    private List<Lane> lanes() {
        List<Lane> lanes = new ArrayList<>();
        for (int node = 0; node < layout.nodes(); node++) {
            for (int gpu = 0; gpu < layout.gpus(node) && firstLane[node] + gpu < spans.size(); gpu++) {
                String name = layout.nodes() == 1 ? "GPU " + gpu : "node " + node + " GPU " + gpu;
                lanes.add(new Lane(name, spans.get(firstLane[node] + gpu)));
            }
        }
        return lanes;
    }
}
