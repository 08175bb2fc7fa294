package trainyard.parallel.plan;

/** A plan that contradicts itself, the model, the batch or the cluster. */
public final class PlanException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String field;

    /**
     * @param field the plan field at fault, as scenarios name it, such as {@code tensor} or {@code virtual-stages}
     * @param message what is wrong, with the nearest fix
     */
    public PlanException(String field, String message) {
        super(message);
        this.field = field;
    }

    public String field() {
        return field;
    }
}
