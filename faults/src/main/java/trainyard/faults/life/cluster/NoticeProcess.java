package trainyard.faults.life.cluster;

import trainyard.faults.cause.Fault;
import trainyard.faults.cause.FaultModel;
import trainyard.faults.cause.FaultTimeline;
import trainyard.sim.engine.SimTime;
import trainyard.sim.engine.Timeline;

/**
 * Announces faults whose causes give notice, such as the removal of a spot instance. It reads a second copy of the fault
 * timeline, as far ahead as the longest notice.
 */
public final class NoticeProcess {

    private final FaultListener job;
    private final Timeline timeline;
    private final FaultReader reader;

    /**
     * @param faults a timeline of its own, equal to that which strikes
     * @param model what goes wrong
     * @param job told of each announced fault at its notice
     */
    public NoticeProcess(Timeline timeline, FaultTimeline faults, FaultModel model, FaultListener job) {
        this.timeline = timeline;
        this.job = job;
        reader = new FaultReader(timeline, faults, SimTime.nanos(model.longestNoticeSeconds()), this::read);
    }

    /** Starts at time 0. */
    public void start() {
        reader.start();
    }

    private void read(long nowNanos, Fault fault) {
        long notice = SimTime.nanos(fault.cause().traits().noticeSeconds());
        if (notice > 0) {
            timeline.after(
                    Math.max(0, fault.nanos() - notice - nowNanos),
                    LifePriorities.FAULT,
                    now -> job.onFault(now, fault));
        }
    }
}
