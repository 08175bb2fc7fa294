package trainyard.scheduler.peer.muri;

import java.util.ArrayList;
import java.util.List;

/**
 * Its {@code dlas-gpu}, called Tiresias-L: three queues by attained service, of which the first two have an end. GPUs are only
 * counted. Behind a pass each queue holds first what runs, then what waits.
 */
final class AttainedOrder implements MuriOrder {

    private static final int[] LIMITS = {3250, 7200};

    private final int gpus;
    private final List<List<MuriState>> queues = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());

    AttainedOrder(int gpus) {
        this.gpus = gpus;
    }

    @Override
    public void arrived(MuriState job) {
        queues.get(0).add(job);
    }

    @Override
    public void ended(MuriState job) {
        queues.get(job.queue).remove(job);
    }

    @Override
    public void ran(MuriState job) {
        if (job.queue < LIMITS.length && job.executedSeconds * job.job.gpus() >= LIMITS[job.queue]) {
            queues.get(job.queue).remove(job);
            job.queue++;
            queues.get(job.queue).add(job);
        }
    }

    @Override
    public void schedule(List<MuriState> runnable) {
        int free = gpus;
        for (List<MuriState> queue : queues) {
            for (MuriState job : queue) {
                job.running = free >= job.job.gpus();
                free -= job.running ? job.job.gpus() : 0;
            }
        }
        for (List<MuriState> queue : queues) {
            List<MuriState> waiting = queue.stream().filter(job -> !job.running).toList();
            queue.removeIf(job -> !job.running);
            queue.addAll(waiting);
        }
    }

    @Override
    public double wakeUp(List<MuriState> runnable, double now) {
        double next = NEVER;
        for (MuriState job : runnable) {
            if (job.running && job.queue < LIMITS.length) {
                double due = Math.ceil((double) LIMITS[job.queue] / job.job.gpus()) - job.executedSeconds + now;
                next = Math.min(next, due);
            }
        }
        return next;
    }
}
