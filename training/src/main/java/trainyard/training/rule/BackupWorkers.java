package trainyard.training.rule;

import trainyard.training.clock.WorkerListener;

/**
 * Synchronous SGD with backup workers (Chen et al. 2016, arXiv 1604.00981): of N + b workers each update waits for the first N.
 *
 * @param backups b, 0 or more and fewer than the workers
 */
public record BackupWorkers(int backups) implements UpdateRule {

    @Override
    public String name() {
        return "backup";
    }

    @Override
    public WorkerListener play(TrainingContext context) {
        int wanted = context.workers().count() - backups;
        if (backups < 0 || wanted < 1) {
            throw new IllegalArgumentException(
                    backups + " backups among " + context.workers().count() + " workers leave none to wait for");
        }
        return new KSync(wanted).play(context);
    }

    @Override
    public boolean needsServer() {
        return true;
    }
}
