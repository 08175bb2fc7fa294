package trainyard.parallel.memory;

/**
 * What the node that holds most keeps of its GPUs' state outside device memory, and what it has room for.
 *
 * @param hostBytes bytes in the memory of the processors
 * @param hostCapacityBytes size of that memory, 0 where not known
 * @param nvmeBytes bytes on the drives
 * @param nvmeCapacityBytes size of the drives, 0 where not known
 */
public record OffloadedMemory(double hostBytes, double hostCapacityBytes, double nvmeBytes, double nvmeCapacityBytes) {

    /** Everything lies in device memory. */
    public static final OffloadedMemory NONE = new OffloadedMemory(0, 0, 0, 0);

    /** Whether it fits; what is not known is taken to be large enough. */
    public boolean fits() {
        return fits(hostBytes, hostCapacityBytes) && fits(nvmeBytes, nvmeCapacityBytes);
    }

    private static boolean fits(double bytes, double capacityBytes) {
        return capacityBytes == 0 || bytes <= capacityBytes;
    }
}
