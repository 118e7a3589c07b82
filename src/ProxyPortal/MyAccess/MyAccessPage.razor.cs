namespace ProxyPortal.MyAccess;

/// <summary>The own access under an address of its own, for those whose start page is another one.</summary>
public partial class MyAccessPage;
