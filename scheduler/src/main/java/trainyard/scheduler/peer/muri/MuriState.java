package trainyard.scheduler.peer.muri;

import java.util.ArrayList;
import java.util.List;

/** Where a job stands. */
final class MuriState {
    final MuriJob job;
    /** Lost at each event; of all that share its GPUs. */
    int overheadSeconds;
    /** Of one iteration as it runs now. */
    double iterationSeconds;

    double iterationsLeft;
    double executedSeconds;
    /** GPU time that it has left, and that it has had, as they are told. */
    double leftGpuSeconds;

    double hadGpuSeconds;
    int queue;
    boolean running;
    /** GPUs that it has, where those are looked at. */
    final List<Integer> held = new ArrayList<>();

    MuriState(MuriJob job) {
        this.job = job;
        this.overheadSeconds = ModelOverhead.seconds(job.model(), job.gpus());
        this.iterationSeconds = job.iterationSeconds();
        this.iterationsLeft = job.iterations();
    }

    double secondsLeft() {
        return iterationsLeft * iterationSeconds;
    }
}
