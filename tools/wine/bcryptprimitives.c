/* Wine 8 has no bcryptprimitives.dll, from which Go's runtime takes its
 * randomness since 1.22. This one function over the older SystemFunction036
 * (RtlGenRandom) is all that Go asks of it. For tests under Wine only. */
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID buffer, ULONG size);

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T size) {
  return SystemFunction036(data, (ULONG)size);
}
