package trainyard.faults.trace;

/**
 * A node out of service.
 *
 * @param node identifier
 * @param startDays start, in days from the origin of the trace
 * @param endDays end, not before the start
 * @param level hardware, software or other, as the source puts it
 * @param part failed part or layer
 * @param description finest name of the fault
 */
public record FaultInterval(
        String node, double startDays, double endDays, String level, String part, String description) {

    public FaultInterval {
        if (!(startDays >= 0 && endDays >= startDays && endDays < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "a fault from day " + startDays + " to day " + endDays + " is not an interval of time");
        }
    }

    public double hours() {
        return 24 * (endDays - startDays);
    }
}
