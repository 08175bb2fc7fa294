package trainyard.scheduler.peer.muri;

/** Where a job stands. */
final class MuriState {
    final MuriJob job;
    final int overheadSeconds;
    double iterationsLeft;
    double executedSeconds;
    int queue;
    boolean running;

    MuriState(MuriJob job) {
        this.job = job;
        this.overheadSeconds = ModelOverhead.seconds(job.model(), job.gpus());
        this.iterationsLeft = job.iterations();
    }

    double secondsLeft() {
        return iterationsLeft * job.iterationSeconds();
    }
}
