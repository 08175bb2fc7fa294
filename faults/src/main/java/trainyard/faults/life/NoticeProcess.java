package trainyard.faults.life;

import trainyard.faults.cause.Fault;
import trainyard.faults.cause.FaultModel;
import trainyard.faults.cause.FaultTimeline;
import trainyard.sim.engine.Activity;
import trainyard.sim.engine.SimTime;
import trainyard.sim.engine.Timeline;

/**
 * Announces faults whose causes give notice, such as the removal of a spot instance. It reads a second copy of the fault
 * timeline, as far ahead as the longest notice.
 */
final class NoticeProcess {

    private final FaultTimeline faults;
    private final long longestNanos;
    private final FaultListener job;
    private final Timeline timeline;
    private final Activity life;

    /**
     * @param faults a timeline of its own, equal to that which strikes
     * @param model what goes wrong
     * @param job told of each announced fault at its notice
     */
    NoticeProcess(Timeline timeline, FaultTimeline faults, FaultModel model, FaultListener job) {
        this.timeline = timeline;
        this.faults = faults;
        this.job = job;
        longestNanos = SimTime.nanos(model.longestNoticeSeconds());
        life = new Activity(timeline, LifePriorities.FAULT);
    }

    /** Starts at time 0. */
    void start() {
        awaitNext(0);
    }

    private void awaitNext(long nowNanos) {
        long next = faults.nextNanos();
        if (next < Long.MAX_VALUE) {
            life.holdNanos(Math.max(0, next - longestNanos - nowNanos), this::read);
        }
    }

    private void read(long nowNanos) {
        Fault fault = faults.take();
        long notice = SimTime.nanos(fault.cause().traits().noticeSeconds());
        if (notice > 0) {
            timeline.after(
                    Math.max(0, fault.nanos() - notice - nowNanos),
                    LifePriorities.FAULT,
                    now -> job.onFault(now, fault));
        }
        awaitNext(nowNanos);
    }
}
