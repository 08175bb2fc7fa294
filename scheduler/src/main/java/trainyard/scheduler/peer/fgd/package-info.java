/**
 * The simulator of FGD (Weng et al., USENIX ATC 2023; hkust-adsl/kubernetes-scheduler-simulator at 8f3d641): pods arrive one by one
 * at the scheduler of Kubernetes, with scores from 0 to 100 in whole numbers, and never leave.
 */
package trainyard.scheduler.peer.fgd;
