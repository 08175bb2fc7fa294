package trainyard.faults.recovery;

/** The job ends and is queued again, as a batch scheduler does (Slurm {@code --requeue}). */
public record Requeue() implements RecoveryPolicy {

    @Override
    public String name() {
        return "requeue";
    }

    @Override
    public Reaction react(Situation situation) {
        return new Reaction.Requeue();
    }

    @Override
    public boolean givesNodesBack() {
        return true;
    }
}
