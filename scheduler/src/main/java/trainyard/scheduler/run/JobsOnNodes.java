package trainyard.scheduler.run;

/** What nodes that go and come back do to jobs. */
final class JobsOnNodes implements NodeLife.Jobs {

    private final JobProgress progress;
    private final RunningJobs running;
    private final JobFailures failures;
    private final RunBooks books;
    private final PassTimer passes;

    JobsOnNodes(JobProgress progress, RunningJobs running, JobFailures failures, RunBooks books, PassTimer passes) {
        this.progress = progress;
        this.running = running;
        this.failures = failures;
        this.books = books;
        this.passes = passes;
    }

    @Override
    public void beforeChange() {
        books.account();
    }

    @Override
    public void afterChange() {
        passes.now();
    }

    @Override
    public void returned(int node) {
        running.nodeReturned(node);
    }

    @Override
    public void hang(int job) {
        running.hang(job);
    }

    @Override
    public boolean isHanging(int job) {
        return progress.isHanging(job);
    }

    @Override
    public void fail(int job) {
        failures.fail(job);
    }

    @Override
    public void vacate(int job, long noticeNanos) {
        failures.vacate(job, noticeNanos);
    }
}
